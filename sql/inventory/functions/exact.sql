create or replace function inventory.exact(product bigint)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with k as (
        select s.*, w.code, w.position as place,
               inventory.incoming(s.variant_id, s.warehouse_id) as incoming
        from inventory.stock s
        join inventory.warehouse w on w.id = s.warehouse_id
        where s.product_id = product
    ), v as (
        select v.id, v.sku, v.position, sum(k.on_hand) as on_hand,
               sum(k.reserved) as reserved,
               sum(k.backordered) as backordered,
               sum(k.backorder_limit) as backorder_limit,
               sum(k.incoming) as incoming,
               max(k.low_stock_threshold) as low_stock_threshold,
               jsonb_agg(jsonb_build_object(
                   'warehouse', k.code,
                   'on_hand', k.on_hand,
                   'reserved', k.reserved,
                   'available', k.on_hand - k.reserved,
                   'backordered', k.backordered,
                   'backorder_limit', k.backorder_limit,
                   'incoming', k.incoming,
                   'low_stock_threshold', k.low_stock_threshold)
                   order by k.place, k.warehouse_id) as warehouses
        from catalog.variant v
        join k on k.variant_id = v.id
        where v.product_id = product and v.deleted_at is null
        group by v.id
    )
    select jsonb_build_object(
        'product_id', product::text,
        'on_hand', coalesce(sum(v.on_hand), 0),
        'reserved', coalesce(sum(v.reserved), 0),
        'available', coalesce(sum(v.on_hand - v.reserved), 0),
        'backordered', coalesce(sum(v.backordered), 0),
        'incoming', coalesce(sum(v.incoming), 0),
        'in_stock', coalesce(sum(v.on_hand - v.reserved), 0) > 0,
        'variants', coalesce(jsonb_agg(jsonb_build_object(
            'variant_id', v.id::text,
            'sku', v.sku,
            'on_hand', v.on_hand,
            'reserved', v.reserved,
            'available', v.on_hand - v.reserved,
            'backordered', v.backordered,
            'backorder_limit', v.backorder_limit,
            'incoming', v.incoming,
            'low_stock_threshold', v.low_stock_threshold,
            'warehouses', v.warehouses)
            order by v.position, v.id), '[]'))
    from v
$$;

comment on function inventory.exact is
    'stock of a product as those who may read inventory see it';
