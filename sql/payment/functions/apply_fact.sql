create or replace function payment.apply_fact(p_provider text, p_event text,
        p_payment uuid, p_kind text, p_amount bigint, p_data jsonb,
        p_by text default 'payment')
    returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    o "order".orders;
    p payment.payment;
begin
    select t.* into o from "order".orders t
    where t.id = (select m.order_id from payment.payment m
                  where m.id = p_payment and m.provider = p_provider)
    for no key update;
    if not found then
        perform api.fail('PY404', 'There is no such payment.');
    end if;
    select t.* into strict p from payment.payment t where t.id = p_payment
        for no key update;
    return payment.record(o, p, p_event, p_kind, p_amount, p_data, p_by);
end
$$;

comment on function payment.apply_fact is
    'stores what a provider said, once by its event id, and moves payment,'
    ' order, stock, invoice number and outbox; false: it was known';
