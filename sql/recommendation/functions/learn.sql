create or replace function recommendation.learn(batch integer)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- what a larger order says of each pair in it is little, and its pairs
    -- are many
    most constant int := 20;
    n integer;
begin
    with taken as (
        delete from recommendation.basket b
        where b.order_id = any (array(
            select q.order_id from recommendation.basket q
            order by q.queued_at limit batch for update skip locked))
        returning b.order_id
    ), bought as materialized (
        select t.order_id, l.product_id
        from taken t
        cross join lateral (
            select l.product_id from "order".line l
            where l.order_id = t.order_id
            group by l.product_id order by min(l.position) limit most) as l
    ), counted as (
        insert into recommendation.pair as p (product_id, other_id, orders)
        select a.product_id, b.product_id, count(*)
        from bought a
        join bought b on b.order_id = a.order_id
            and b.product_id <> a.product_id
        group by 1, 2
        order by 1, 2
        on conflict (product_id, other_id) do update
        set orders = p.orders + excluded.orders, last_at = now()
    )
    select count(*) into n from taken;
    return n;
end
$$;

comment on function recommendation.learn is
    'counts the pairs of paid orders; the worker''s, one at a time';
