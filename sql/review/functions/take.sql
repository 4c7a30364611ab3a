create or replace function review.take(events jsonb)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    made integer;
begin
    with event as materialized (
        select (e ->> 'id')::uuid as id,
               (e #>> '{data,order_id}')::uuid as order_id
        from jsonb_array_elements(events) as e
        where e ->> 'type' = 'order.delivered'
    ), taken as (
        select t.id from ops.inbox_take('review',
            array(select event.id from event)) as t (id)
    )
    insert into review.request (order_id, event_id, store_id, user_id, due_at)
    select o.id, e.id, o.store_id, o.user_id,
           now() + s.request_days * interval '1 day'
    from event e
    join taken t on t.id = e.id
    join "order".orders o on o.id = e.order_id
    join identity.account a on a.id = o.user_id
    cross join lateral review.settings(o.store_id) as s
    where s.request_days is not null
    order by o.id
    on conflict (order_id) do nothing;
    get diagnostics made = row_count;
    return made;
end
$$;

comment on function review.take is
    'orders that have arrived: their buyers will be asked what they think';
