create or replace function "order".cancel(p_store bigint, p_id uuid,
        p_actor uuid, p_cart uuid, p_staff boolean, p_reason text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    o "order".orders;
    who text := case when p_staff then 'staff' when p_actor is null
                     then 'guest' else 'customer' end;
begin
    select t.* into o from "order".orders t
    where t.id = p_id and t.store_id = p_store
        and "order".may_see(t, p_actor, p_cart, p_staff)
    for no key update;
    if not found then
        perform api.fail('OR404', 'There is no such order.');
    end if;
    if o.user_id = p_actor then
        who := 'customer';
    end if;
    if not "order".may_move(o.status, 'cancelled')
        or o.status = 'processing' and who <> 'staff'
    then
        perform api.fail('OT409', format('An order that is %s can''t be'
            ' cancelled.', replace(o.status, '_', ' ')));
    end if;
    perform from payment.payment p where p.id = o.payment_id
        for no key update;
    perform pricing.give_back(array[o.id]);
    if o.status in ('pending_payment', 'payment_failed') then
        perform "order".release(array[o.id], 'cancelled');
        perform payment.ask(o, 'payment.cancel_requested', o.due, who);
    else
        perform "order".restock(o.id, 'cancelled');
        perform payment.ask(o, 'payment.refund_requested', null, who);
    end if;
    o.cancel_reason := 'asked';
    o := "order".move(o, 'cancelled', 'order.cancelled', who,
        jsonb_build_object('reason', coalesce(p_reason, 'asked')));
    return query select 200, "order".show(o), o.version::text, null::text,
        null::text, false;
end
$$;

comment on function "order".cancel is
    'POST /orders/{id}/cancel: what was reserved or sold comes back, what was'
    ' paid is to be refunded';
