create or replace function inventory.transfer_list(store bigint,
        wanted text, warehouse text, size int, after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text := api.cursor_decode(after);
    house bigint := inventory.warehouse_find(store, warehouse);
begin
    if place !~ '^[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    if warehouse is not null and house is null then
        perform api.fail('ST422', 'There is no such warehouse.', 'warehouse');
    end if;
    return query
    with page as (
        select t.*, row_number() over (order by t.id desc) as n
        from inventory.transfer t
        where t.store_id = store
        and (wanted is null or t.status = wanted)
        and (house is null or house in (t.from_id, t.to_id))
        and (place is null or t.id < place::bigint)
        order by t.id desc limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(json_build_object(
            'id', k.id::text,
            'status', k.status,
            'from', inventory.warehouse_ref(k.from_id),
            'to', inventory.warehouse_ref(k.to_id),
            'note', k.note,
            'expected_at', api.time(k.expected_at),
            'lines', s.lines,
            'quantity', s.quantity,
            'received', s.received,
            'created_at', api.time(k.created_at),
            'updated_at', api.time(k.updated_at)) order by k.n)
            filter (where k.n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            min(k.id) filter (where k.n <= size)::text) end)::text
    from page k
    cross join lateral (
        select count(*) as lines, coalesce(sum(l.quantity), 0) as quantity,
               coalesce(sum(l.received), 0) as received
        from inventory.transfer_line l where l.transfer_id = k.id) as s;
end
$$;

comment on function inventory.transfer_list is
    'GET /transfers: the newest first';
