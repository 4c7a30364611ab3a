create or replace function search.index_facts(products bigint[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with tokens as materialized (
        select t.store_id, t.product_id, t.token, k.id,
               t.token ~ '^[A-Z]{3}[$]' as price
        from search.fact_tokens(products) as t
        join search.key k on k.store_id = t.store_id and k.token = t.token
    ), found as materialized (
        select t.store_id, t.product_id,
               array_agg(t.id order by t.id) filter (where not t.price)
                   as keys,
               coalesce(array_agg(t.id order by t.id) filter (
                   where t.price or t.token like '%=%' or t.token like '~%'),
                   '{}') as shown
        from tokens t group by 1, 2
    )
    insert into search.fact (product_id, store_id, newest, rating, sold,
        in_stock, path, shown, prices, keys, head, numbers, words, vocabulary)
    select f.product_id, f.store_id, e.newest, e.rating,
           coalesce((select search.scale(x.pieces) from search.sale x
                     where x.product_id = f.product_id), 0),
           e.in_stock,
           array(select k.id
                 from unnest(e.category_path) with ordinality as c (id, place)
                 join search.key k on k.store_id = f.store_id
                     and k.token = '/' || c.id
                 order by c.place),
           f.shown,
           array(select (select n.price from search.entry n
                         where n.product_id = f.product_id
                         and n.store_id = f.store_id and n.currency = c.code)
                 from unnest(s.currencies) with ordinality as c (code, place)
                 order by c.place),
           f.keys, t.head,
           (select jsonb_object_agg(lower(n.name), n.value)
            from search.numbers_of(f.product_id) as n),
           t.words, t.vocabulary
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
    set newest = excluded.newest, rating = excluded.rating,
        in_stock = excluded.in_stock, path = excluded.path,
        shown = excluded.shown, prices = excluded.prices,
        keys = excluded.keys, head = excluded.head,
        numbers = excluded.numbers, words = excluded.words,
        vocabulary = excluded.vocabulary, fill = excluded.fill
$$;

comment on function search.index_facts is
    'what filters, facets and text search read, after the entries';
