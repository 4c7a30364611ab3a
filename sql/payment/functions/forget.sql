create or replace function payment.forget(p_orders uuid[])
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    ids uuid[];
begin
    update payment.payment p
    set action = null, version = p.version + 1, updated_at = now()
    where p.order_id = any (p_orders) and p.action is not null;

    select array_agg(p.id) into ids from payment.payment p
    where p.order_id = any (p_orders);

    update payment.fact f
    set data = '{}'
    where f.payment_id = any (ids) and f.data <> '{}';
end
$$;

comment on function payment.forget is
    'what providers said about the payers of orders; amounts and references'
    ' stay';
