create or replace function inventory.list(store bigint, actor uuid,
        manager boolean, warehouse text, low boolean, waiting boolean,
        size int, after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text[] := string_to_array(api.cursor_decode(after), '|');
    house bigint := inventory.warehouse_find(store, warehouse);
    own boolean := not catalog.may_change(null, actor, manager);
begin
    if array_to_string(place, '|') !~ '^[0-9]{1,18}\|[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    if warehouse is not null and house is null then
        perform api.fail('ST422', 'There is no such warehouse.', 'warehouse');
    end if;
    return query
    with page as (
        select s.*, v.sku, p.name, w.code,
               row_number() over (order by s.variant_id, s.warehouse_id) as n
        from inventory.stock s
        join catalog.variant v on v.id = s.variant_id
        join catalog.product p on p.id = s.product_id
        join inventory.warehouse w on w.id = s.warehouse_id
        where s.store_id = store and v.deleted_at is null
        and p.deleted_at is null
        and (house is null or s.warehouse_id = house)
        and (not own or p.seller_id = actor)
        and (low is not true
             or s.on_hand - s.reserved <= s.low_stock_threshold)
        and (waiting is not true or s.backordered > 0)
        and (place is null or (s.variant_id, s.warehouse_id)
             > (place[1]::bigint, place[2]::bigint))
        order by s.variant_id, s.warehouse_id limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(json_build_object(
            'product_id', k.product_id::text,
            'variant_id', k.variant_id::text,
            'sku', k.sku,
            'name', k.name,
            'warehouse', k.code,
            'on_hand', k.on_hand,
            'reserved', k.reserved,
            'available', k.on_hand - k.reserved,
            'backordered', k.backordered,
            'backorder_limit', k.backorder_limit,
            'low_stock_threshold', k.low_stock_threshold,
            'updated_at', api.time(k.updated_at)) order by k.n)
            filter (where k.n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            (select l.variant_id || '|' || l.warehouse_id from page l
             where l.n = size)) end)::text
    from page k;
end
$$;

comment on function inventory.list is
    'GET /inventory: stock by variant and warehouse; sellers see their own';
