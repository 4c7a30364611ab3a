create or replace function catalog.render_bodies(products bigint[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    delete from catalog.rendered r
    where r.product_id = any (products) and not exists (
        select from catalog.product p
        join catalog.place q on q.product_id = p.id
            and q.store_id = r.store_id
        join store.store s on s.id = q.store_id
        where p.id = r.product_id and p.deleted_at is null
        and r.currency = any (s.currencies));

    insert into catalog.rendered (product_id, currency, store_id, version,
                                  published, seller_id, stamp, body,
                                  fallback)
    select p.id, c.code, s.id, p.version, p.status = 'published',
           p.seller_id, hashtext(b.body), b.body, c.code = s.currency
    from catalog.product p
    join catalog.place q on q.product_id = p.id
    join store.store s on s.id = q.store_id
    cross join unnest(s.currencies) as c (code)
    cross join catalog.variants_json(p.id, c.code, s.currency, q.home)
        as v
    cross join lateral (
        select replace(left(json_build_object(
            'id', p.id::text,
            'slug', p.slug,
            'name', p.name,
            'description', p.description,
            'status', p.status,
            'category', catalog.category_ref(q.category_id),
            'price', api.money(v.price, v.priced),
            'compare_at_price', api.money(v.compare_at, v.priced),
            'tax_class', p.tax_class,
            'images', catalog.images_of(p.id),
            'options', catalog.options_of(p.id),
            'type', catalog.type_ref(p.type_id),
            'attributes', p.attributes,
            'specifications', catalog.specifications(p.type_id, p.attributes),
            'rating', catalog.rating(p.rating_counts),
            'seller_id', p.seller_id,
            'seo', p.seo,
            'metadata', p.metadata,
            'tags', p.tags,
            'publish_at', api.time(p.publish_at),
            'unpublish_at', api.time(p.unpublish_at),
            'created_at', api.time(p.created_at),
            'updated_at', api.time(p.updated_at))::text, -1), '%', '%%')
            || ', "variants" : [' || coalesce(v.body, '')
            || '], "in_stock" : %1$s}' as body) as b
    where p.id = any (products) and p.deleted_at is null
    and (q.home or v.price is not null)
    on conflict (product_id, store_id, currency) do update
    set version = excluded.version, published = excluded.published,
        seller_id = excluded.seller_id, stamp = excluded.stamp,
        body = excluded.body, fallback = excluded.fallback
$$;

comment on function catalog.render_bodies is
    'the detail of products in every currency of the stores that show them';
