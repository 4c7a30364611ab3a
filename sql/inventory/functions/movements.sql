create or replace function inventory.movements(store bigint, ref text,
        actor uuid, manager boolean, size int, after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    product catalog.product;
    place text := api.cursor_decode(after);
begin
    if place !~ '^[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    select p.* into product from catalog.product p
        where p.store_id = store
        and (p.slug = ref and p.deleted_at is null
             or p.id = case when ref ~ '^[0-9]{1,18}$' then ref::bigint end);
    if not found then
        perform api.fail('ST404', 'There is no such product.');
    end if;
    if not catalog.may_change(product.seller_id, actor, manager) then
        perform api.fail('ST403', 'This is another seller''s product.');
    end if;
    return query
    with page as (
        select m.*, v.sku, w.code as warehouse,
               row_number() over (order by m.id desc) as n
        from inventory.movement m
        left join catalog.variant v on v.id = m.variant_id
        left join inventory.warehouse w on w.id = m.warehouse_id
        where m.product_id = product.id
        and (place is null or m.id < place::bigint)
        order by m.id desc limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(json_build_object(
            'id', page.id::text,
            'at', api.time(page.at),
            'variant_id', page.variant_id::text,
            'sku', page.sku,
            'warehouse', page.warehouse,
            'on_hand_delta', page.on_hand_delta,
            'reserved_delta', page.reserved_delta,
            'backordered_delta', page.backordered_delta,
            'reason', page.reason,
            'document', page.document,
            'order_id', page.order_id,
            'actor', page.actor) order by n) filter (where n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            min(page.id) filter (where n <= size)::text) end)::text
    from page;
end
$$;

comment on function inventory.movements is
    'GET /inventory/{product_id}/movements: the ledger, newest first';
