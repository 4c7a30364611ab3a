create or replace function recommendation.take(events jsonb)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    n integer;
begin
    with event as materialized (
        select (e ->> 'id')::uuid as id,
               (e #>> '{data,order_id}')::uuid as order_id
        from jsonb_array_elements(events) as e
        where e ->> 'type' = 'order.paid'
    ), several as (
        select e.id, e.order_id from event e
        where (select count(distinct l.product_id) from "order".line l
               where l.order_id = e.order_id) > 1
    ), taken as (
        select t.id from ops.inbox_take('recommendation',
            array(select s.id from several s)) as t (id)
    )
    insert into recommendation.basket (order_id)
    select s.order_id from several s join taken t on t.id = s.id
    order by 1
    on conflict do nothing;
    get diagnostics n = row_count;
    return n;
end
$$;

comment on function recommendation.take is
    'paid orders of several products, to be counted';
