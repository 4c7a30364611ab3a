create or replace function inventory.exact(product bigint)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with v as (
        select v.id, v.sku, v.position, sum(s.on_hand) as on_hand,
               sum(s.reserved) as reserved,
               max(s.low_stock_threshold) as low_stock_threshold
        from catalog.variant v
        join inventory.stock s on s.variant_id = v.id
        where v.product_id = product and v.deleted_at is null
        group by v.id
    )
    select jsonb_build_object(
        'product_id', product::text,
        'on_hand', coalesce(sum(v.on_hand), 0),
        'reserved', coalesce(sum(v.reserved), 0),
        'available', coalesce(sum(v.on_hand - v.reserved), 0),
        'in_stock', coalesce(sum(v.on_hand - v.reserved), 0) > 0,
        'variants', coalesce(jsonb_agg(jsonb_build_object(
            'variant_id', v.id::text,
            'sku', v.sku,
            'on_hand', v.on_hand,
            'reserved', v.reserved,
            'available', v.on_hand - v.reserved,
            'low_stock_threshold', v.low_stock_threshold)
            order by v.position, v.id), '[]'))
    from v
$$;

comment on function inventory.exact is
    'stock of a product as those who may read inventory see it';
