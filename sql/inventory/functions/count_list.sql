create or replace function inventory.count_list(store bigint, wanted text,
        warehouse text, size int, after text)
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
        select c, c.id, row_number() over (order by c.id desc) as n
        from inventory.stock_count c
        where c.store_id = store
        and (wanted is null or c.status = wanted)
        and (house is null or c.warehouse_id = house)
        and (place is null or c.id < place::bigint)
        order by c.id desc limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(inventory.count_json(k.c) order by k.n)
                          filter (where k.n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            min(k.id) filter (where k.n <= size)::text) end)::text
    from page k;
end
$$;

comment on function inventory.count_list is 'GET /counts: the newest first';
