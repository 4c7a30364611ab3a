create or replace function inventory.warehouse_list(store bigint, size int,
        after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text[] := string_to_array(api.cursor_decode(after), '|');
begin
    if array_to_string(place, '|') !~ '^-?[0-9]{1,9}\|[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return query
    with page as (
        select w, w.position, w.id,
               row_number() over (order by w.position, w.id) as n
        from inventory.warehouse w
        where w.store_id = store
        and (place is null
             or (w.position, w.id) > (place[1]::int, place[2]::bigint))
        order by w.position, w.id limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(inventory.warehouse_json(p.w) order by p.n)
                          filter (where p.n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            (select l.position || '|' || l.id from page l where l.n = size))
            end)::text
    from page p;
end
$$;

comment on function inventory.warehouse_list is
    'GET /warehouses: in the order that orders take from them';
