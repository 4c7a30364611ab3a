create or replace function "order".refund_add(p_store bigint, p_id uuid,
        p_actor uuid, p_document jsonb, p_address inet, p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    o "order".orders;
    p payment.payment;
    r "order".refund;
begin
    select t.* into o from "order".orders t
    where t.id = p_id and t.store_id = p_store for no key update;
    if not found then
        perform api.fail('OR404', 'There is no such order.');
    elsif o.status <> 'partially_refunded'
        and not "order".may_move(o.status, 'partially_refunded')
    then
        perform api.fail('OT409', format('Of an order that is %s nothing can'
            ' be given back.', replace(o.status, '_', ' ')));
    end if;
    select t.* into strict p from payment.payment t
    where t.id = o.payment_id for no key update;

    r := "order".refund_parts(o, p, p_document -> 'amount');
    insert into "order".refund (order_id, amount, to_payment, to_cards,
                                reason, actor)
    values (o.id, r.amount, r.to_payment, r.to_cards,
            coalesce(p_document ->> 'reason', ''), p_actor)
    returning * into r;
    perform pricing.return_some(o.id, r.to_cards);
    if r.to_payment > 0 then
        o := "order".move(o, o.status, 'order.refund_requested', 'staff',
            jsonb_build_object('amount', r.amount));
        if payment.by_hand(p.provider) then
            perform payment.record(o, p, 'shop:refund:' || r.id, 'refunded',
                                   r.to_payment, '{}', 'staff');
        else
            perform payment.ask(o, 'payment.refund_requested', r.to_payment,
                                'staff');
        end if;
    end if;
    if r.to_cards > 0 and (r.to_payment = 0
        or not payment.by_hand(p.provider))
    then
        perform "order".returned(o, p, 'staff');
    end if;
    perform ops.record(p_store, p_actor, 'order.refund', 'order:' || o.id,
        null, "order".refund_json(r, o.currency), p_address, p_request);
    return next row(201, "order".refund_json(r, o.currency)::text, null,
                    '/orders/' || o.id || '/refunds', null,
                    false)::api.answer;
end
$$;

comment on function "order".refund_add is
    'POST /orders/{order}/refunds: what paid the order gets back first, then'
    ' its gift cards';
