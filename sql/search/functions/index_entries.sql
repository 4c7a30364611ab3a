create or replace function search.index_entries(products bigint[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into search.entry (product_id, currency, store_id, category_path,
        tokens, labels, in_stock, price, newest, rating, card)
    select p.id, o.currency, o.store_id, o.category_path,
           t.tokens || ('$' || search.price_range(o.shown, m.exponent))
               || n.tokens,
           t.labels || ''::text || array_fill(''::text,
               array[cardinality(n.tokens)]),
           k.in_stock, o.shown,
           (extract(epoch from coalesce(p.published_at, p.created_at))
               * 1000000)::bigint,
           case when p.rating_count > 0 then
               p.rating_sum * 1000000 / p.rating_count + p.rating_count
               else 0 end,
           left(json_build_object(
               'id', p.id::text,
               'slug', p.slug,
               'name', p.name,
               'category', (select json_build_object('id', c.id::text,
                                'slug', c.slug, 'name', c.name)
                            from catalog.category c
                            where c.id = o.category_path[cardinality(
                                o.category_path)]),
               'price', api.money(o.shown, o.currency),
               'compare_at_price', api.money(o.compare_at, o.currency),
               'images', (select coalesce(json_agg(i.image), '[]') from (
                   select json_build_object('url', g.url, 'alt', g.alt,
                       'width', g.width, 'height', g.height,
                       'srcset', media.srcset(g.url, g.width)) as image
                   from catalog.picture g where g.product_id = p.id
                   order by g.position, g.id limit 2) as i),
               'rating', catalog.rating(p.rating_counts),
               'variants', o.variants,
               'seller_id', p.seller_id,
               'created_at', api.time(p.created_at),
               'updated_at', api.time(p.updated_at))::text, -1)
           || ', "in_stock" : '
    from catalog.product p
    cross join lateral (
        select distinct on (f.store_id, f.currency) f.*, g.shown
        from catalog.offer f
        cross join lateral (select coalesce(f.public, f.price)) as g (shown)
        where f.product_id = p.id
        order by f.store_id, f.currency, g.shown, f.variant_id) as o
    join api.currency m on m.code = o.currency
    cross join lateral (
        select coalesce(array_agg(x.token order by x.token), '{}') as tokens,
               coalesce(array_agg(x.label order by x.token), '{}') as labels
        from search.tokens_of(p.id) as x) as t
    cross join lateral (
        select coalesce(bool_or(s.shown > 0), false) as in_stock
        from inventory.stock s where s.product_id = p.id) as k
    cross join lateral (
        select array(
            select '#' || l.id from catalog.collection_product x
            join catalog.collection l on l.id = x.collection_id
            where x.product_id = p.id and l.store_id = o.store_id
            and l.published order by l.id) as tokens) as n
    where p.id = any (products)
    on conflict (product_id, store_id, currency) do update
    set category_path = excluded.category_path, tokens = excluded.tokens,
        labels = excluded.labels, in_stock = excluded.in_stock,
        price = excluded.price, newest = excluded.newest,
        rating = excluded.rating, card = excluded.card
$$;

comment on function search.index_entries is
    'rows that lists and filters read, one a currency that has a price';
