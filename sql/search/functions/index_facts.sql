create or replace function search.index_facts(products bigint[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with found as materialized (
        select t.store_id, t.product_id, array_agg(k.id order by k.id) as keys,
               coalesce(array_agg(k.id order by k.id) filter (
                   where k.token like '%=%' or k.token like '~%'), '{}')
                   as shown
        from search.fact_tokens(products) as t
        join search.key k on k.store_id = t.store_id and k.token = t.token
        group by 1, 2
    )
    insert into search.fact (store_id, product_id, leaf, newest, rating, sold,
        in_stock, prices, keys, shown, numbers, head, words, vocabulary)
    select f.store_id, f.product_id,
           e.category_path[cardinality(e.category_path)], e.newest, e.rating,
           coalesce((select search.scale(x.pieces) from search.sale x
                     where x.product_id = f.product_id), 0),
           e.in_stock,
           array(select (select n.price from search.entry n
                         where n.product_id = f.product_id
                         and n.store_id = f.store_id and n.currency = c.code)
                 from unnest(s.currencies) with ordinality as c (code, place)
                 order by c.place),
           f.keys, f.shown,
           (select jsonb_object_agg(lower(n.name), n.value)
            from search.numbers_of(f.product_id) as n),
           t.head, t.words, t.vocabulary
    from found f
    join store.store s on s.id = f.store_id
    join catalog.product p on p.id = f.product_id
    cross join lateral (
        select * from search.entry n
        where n.product_id = f.product_id and n.store_id = f.store_id
        order by n.currency limit 1) as e
    cross join lateral search.texts(p, s.locales, e.category_path,
                                    e.labels) as t
    order by f.product_id, f.store_id
    on conflict (product_id, store_id) do update
    set leaf = excluded.leaf, newest = excluded.newest,
        rating = excluded.rating, in_stock = excluded.in_stock,
        prices = excluded.prices, keys = excluded.keys,
        shown = excluded.shown, numbers = excluded.numbers,
        head = excluded.head, words = excluded.words,
        vocabulary = excluded.vocabulary
$$;

comment on function search.index_facts is
    'what filters, facets and text search read, after the entries';
