create or replace function wishlist.item_body(i wishlist.item, store bigint,
                                              money text)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', i.id::text,
        'product_id', i.product_id::text,
        'variant_id', i.variant_id::text,
        'quantity', i.quantity,
        'note', i.note,
        'added_price', api.money(i.added_price, i.added_currency),
        'added_at', api.time(i.added_at),
        'product', (
            select jsonb_build_object('slug', o.slug, 'name', o.name,
                'sku', case when i.variant_id is not null then o.sku end,
                'options', case when i.variant_id is not null
                                then o.options end,
                'image', o.image,
                'price', api.money(coalesce(o.public, o.price), o.currency),
                'in_stock', wishlist.in_stock(o.product_id, i.variant_id))
            from catalog.offer o
            where o.product_id = i.product_id and o.store_id = store
            and o.currency = money
            and (i.variant_id is null or o.variant_id = i.variant_id)
            order by coalesce(o.public, o.price), o.variant_id limit 1))
$$;

comment on function wishlist.item_body is
    'an item with what its product is now; product null: not for sale';
