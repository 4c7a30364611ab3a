create or replace function catalog.render_bodies(products bigint[])
    returns void
    language plpgsql volatile
as $$
begin
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
    with v as materialized (
        select * from catalog.variants_json(products)
    ), category as materialized (
        select k.id, replace(catalog.category_ref(k.id)::text, '%', '%%')
                   as ref
        from (select distinct v.category_id as id from v) as k
    )
    -- joined by one number each: joined by store as well, the plan may become
    -- one that compares all variants with all products
    select t.id, v.currency, v.store_id, t.version, t.published, t.seller_id,
           hashtext(b.body), b.body, v.usual
    from v
    join catalog.product_texts(products) as t on t.id = v.product_id
    left join category k on k.id = v.category_id
    cross join lateral (
        select concat(t.head,
            ', "category" : ', coalesce(k.ref, 'null'),
            ', "price" : ',
            coalesce(api.money(v.price, v.priced)::text, 'null'),
            ', "compare_at_price" : ',
            coalesce(api.money(v.compare_at, v.priced)::text, 'null'),
            ', ', t.tail,
            ', "variants" : [', v.body, '], "in_stock" : %1$s}')
        offset 0) as b (body)
    where v.home or v.price is not null
    on conflict (product_id, store_id, currency) do update
    set version = excluded.version, published = excluded.published,
        seller_id = excluded.seller_id, stamp = excluded.stamp,
        body = excluded.body, fallback = excluded.fallback;
end
$$;

comment on function catalog.render_bodies is
    'the detail of products in every currency of the stores that show them';
