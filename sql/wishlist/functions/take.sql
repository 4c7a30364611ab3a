create or replace function wishlist.take(events jsonb)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    n integer;
begin
    with event as materialized (
        select (e ->> 'id')::uuid as id,
               (e #>> '{data,variant_id}')::bigint as variant
        from jsonb_array_elements(events) as e
        where e ->> 'type' = 'stock.changed'
        and (e #>> '{data,available}')::bigint > 0
    ), waiting as (
        select e.id, w.id as notice
        from event e
        join wishlist.notice w on w.variant_id = e.variant and not w.due
    ), taken as (
        select t.id from ops.inbox_take('wishlist',
            array(select distinct w.id from waiting w)) as t (id)
    )
    update wishlist.notice n set due = true
    where n.id in (select w.notice from waiting w
                   join taken t on t.id = w.id);
    get diagnostics n = row_count;
    return n;
end
$$;

comment on function wishlist.take is
    'stock that came back: who waits for it is due; events that nobody waits'
    ' for leave no trace';
