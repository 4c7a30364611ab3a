create or replace function payment.sandbox(p_store bigint, p_payment uuid,
        p_outcome text, p_actor uuid, p_cart uuid, p_staff boolean)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    o "order".orders;
    p payment.payment;
begin
    select t.* into o from "order".orders t
    where t.id = (select m.order_id from payment.payment m
                  join payment.provider v on v.provider = m.provider
                  where m.id = p_payment and m.store_id = p_store
                      and m.provider = 'sandbox' and v.enabled)
        and "order".may_see(t, p_actor, p_cart, p_staff)
    for no key update;
    if not found then
        perform api.fail('PY404', 'There is no such sandbox payment.');
    end if;
    select t.* into strict p from payment.payment t where t.id = p_payment
        for no key update;
    if p_outcome = 'decline' and p.captured > 0 then
        perform api.fail('PY409', 'The payment has succeeded already.');
    end if;
    perform payment.record(o, p, 'sandbox:' || p.id || ':' || p_outcome,
        case p_outcome when 'success' then 'success' else 'failed' end, null,
        '{}', 'payment');
    select t.* into strict p from payment.payment t where t.id = p_payment;
    return next row(200, payment.render(p), p.version::text, null, null,
                    false)::api.answer;
end
$$;

comment on function payment.sandbox is
    'POST /payments/{id}/sandbox: the shopper plays the provider';
