create or replace function review.bought(account uuid, product bigint)
    returns uuid
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select o.id from "order".orders o
        join "order".line l on l.order_id = o.id
        where o.user_id = account and l.product_id = product
        and o.status not in ('pending_payment', 'payment_failed', 'cancelled')
        order by o.created_at, o.id limit 1);
end
$$;

comment on function review.bought is
    'the first paid order by which an account bought a product, or null';
