create or replace function inventory.reservations(store bigint, actor uuid,
        manager boolean, wanted uuid, product text, waiting boolean, size int,
        after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text[] := string_to_array(api.cursor_decode(after), '|');
    own boolean := not catalog.may_change(null, actor, manager);
begin
    if array_to_string(place, '|')
        !~ '^[0-9a-f-]{36}\|[0-9]{1,18}\|[0-9]{1,18}$'
    then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return query
    with page as (
        select r.*, v.sku, v.product_id, w.code, o.number, o.status,
               row_number() over (order by r.order_id desc,
                   r.variant_id desc, r.warehouse_id desc) as n
        from inventory.reservation r
        join catalog.variant v on v.id = r.variant_id
        join catalog.product p on p.id = v.product_id
        join inventory.warehouse w on w.id = r.warehouse_id
        left join "order".orders o on o.id = r.order_id
        where v.store_id = store
        and (wanted is null or r.order_id = wanted)
        and (product is null or v.product_id::text = product)
        and (waiting is null or (r.backordered > 0) = waiting)
        and (not own or p.seller_id = actor)
        and (place is null or (r.order_id, r.variant_id, r.warehouse_id)
             < (place[1]::uuid, place[2]::bigint, place[3]::bigint))
        order by r.order_id desc, r.variant_id desc, r.warehouse_id desc
        limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(json_build_object(
            'order_id', k.order_id,
            'order_number', k.number,
            'order_status', k.status,
            'product_id', k.product_id::text,
            'variant_id', k.variant_id::text,
            'sku', k.sku,
            'warehouse', k.code,
            'quantity', k.quantity,
            'backordered', k.backordered,
            'paid', k.paid,
            'expires_at', api.time(k.expires_at),
            'created_at', api.time(k.created_at)) order by k.n)
            filter (where k.n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            (select concat_ws('|', l.order_id, l.variant_id, l.warehouse_id)
             from page l where l.n = size)) end)::text
    from page k;
end
$$;

comment on function inventory.reservations is
    'GET /inventory/reservations: what orders hold or wait for, the newest'
    ' first; sellers see those of their products';
