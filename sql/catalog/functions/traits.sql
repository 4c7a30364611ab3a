create or replace function catalog.traits(products bigint[])
    returns table (product_id bigint, store_id bigint, body jsonb)
    language plpgsql stable rows 1000
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select p.id, s.id, jsonb_build_object(
        'name', p.name,
        'type', t.code,
        'tags', p.tags,
        'category', coalesce(c.path, '{}'),
        'seller', p.seller_id,
        'attributes', p.attributes,
        'options', coalesce(v.options, '{}'),
        'sku', coalesce(v.skus, '{}'),
        'price', v.price,
        'on_sale', coalesce(v.on_sale, false),
        'published', floor(extract(epoch from coalesce(p.published_at,
                                                       p.created_at))))
    from catalog.product p
    join catalog.place q on q.product_id = p.id
    join store.store s on s.id = q.store_id
    left join catalog.category c on c.id = q.category_id
    left join catalog.product_type t on t.id = p.type_id
    cross join lateral (
        select array_agg(x.sku) as skus,
               array_agg(o.value) filter (where o.value is not null)
                   as options,
               min(coalesce(w.amount, r.amount)) as price,
               bool_or(pricing.struck(r.amount, w.amount, r.compare_at)
                       > coalesce(w.amount, r.amount)) as on_sale
        from catalog.variant x
        left join catalog.price r on r.variant_id = x.id
            and r.currency = s.currency
        left join pricing.public_price w on w.variant_id = r.variant_id
            and w.currency = r.currency and q.home
        left join lateral unnest(x.options) as o (value) on true
        where x.product_id = p.id and x.deleted_at is null) as v
    where p.id = any (products) and p.deleted_at is null;
end
$$;

comment on function catalog.traits is
    'what the rules of collections look at: a document a product and store';
