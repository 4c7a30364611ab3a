create or replace function catalog.offers_of(products bigint[])
    returns setof catalog.offer
    language sql stable
as $$
    select v.id, a.currency, s.id, p.id,
           (count(*) over (partition by p.id, s.id, a.currency))::int,
           a.amount, pricing.struck(a.amount, w.amount, a.compare_at),
           case when q.home or exists (
               select from store.tax_class k
               where k.store_id = s.id and k.code = p.tax_class)
               then p.tax_class else s.tax_class end,
           v.requires_shipping, v.weight_grams,
           v.sku, p.name, p.slug, x.options, x.image,
           coalesce(c.path, '{}'), p.seller_id,
           '{"item_id":"' || v.id || '","product_id":"' || p.id
           || '","variant_id":"' || v.id || '","sku":' || to_json(v.sku)
           || ',"name":' || to_json(p.name) || ',"options":' || x.options
           || ',"image":' || coalesce(x.image::text, 'null')
           || coalesce(',"quantity_limits":'
                       || catalog.limits_json(x.limits)::text, '')
           || ',"quantity":', x.limits, w.amount
    from catalog.product p
    join catalog.place q on q.product_id = p.id
    join store.store s on s.id = q.store_id
    join catalog.variant v on v.product_id = p.id and v.deleted_at is null
    join catalog.price a on a.variant_id = v.id
        and a.currency = any (s.currencies)
    left join pricing.public_price w on w.variant_id = a.variant_id
        and w.currency = a.currency and q.home
    left join catalog.category c on c.id = q.category_id
    cross join lateral (
        select (select coalesce(jsonb_object_agg(o.name,
                           v.options[o.position]), '{}')
                from catalog.option o where o.product_id = p.id),
               (select jsonb_build_object('url', i.small, 'alt', i.alt,
                           'width', i.width, 'height', i.height)
                from catalog.picture i where i.product_id = p.id
                order by i.variant_id is distinct from v.id, i.position, i.id
                limit 1),
               catalog.limits_of(v)
        offset 0) as x (options, image, limits)
    where p.id = any (products) and p.deleted_at is null
    and p.status = 'published'
$$;

comment on function catalog.offers_of is
    'what may be sold of products: a row a variant, currency and store';
