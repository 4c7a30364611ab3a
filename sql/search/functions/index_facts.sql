create or replace function search.index_facts(products bigint[])
    returns void
    language plpgsql volatile
as $$
begin
    insert into search.fact as f (product_id, store_id, newest, rating, sold,
        in_stock, best, path, shown, prices, keys, start, head, numbers, words,
        vocabulary)
    select k.product_id, k.store_id, e.newest, e.rating,
           x.sold, e.in_stock, x.best, k.path, k.shown,
           array(select (select n.price from search.entry n
                         where n.product_id = k.product_id
                         and n.store_id = k.store_id and n.currency = c.code)
                 from unnest((select s.currencies from store.store s
                              where s.id = k.store_id))
                     with ordinality as c (code, place)
                 order by c.place),
           k.keys, t.start, t.head,
           case when p.attributes <> '{}' then (
               select jsonb_object_agg(lower(n.name), n.value)
               from search.numbers_of(array[p.id]) as n) end,
           t.words, t.vocabulary
    from search.keys_of(products) as k
    join search.texts_of(products) as t on t.product_id = k.product_id
        and t.store_id = k.store_id
    join catalog.product p on p.id = k.product_id
    cross join lateral (
        select n.newest, n.rating, n.in_stock
        from search.entry n
        where n.product_id = k.product_id and n.store_id = k.store_id
        order by n.currency limit 1) as e
    cross join lateral (
        select coalesce(max(search.scale(s.pieces)), 0) as sold,
               coalesce(bool_or(s.best), false) as best
        from search.sale s where s.product_id = k.product_id) as x
    order by k.product_id, k.store_id
    on conflict (product_id, store_id) do update
    set newest = excluded.newest, rating = excluded.rating,
        in_stock = excluded.in_stock, path = excluded.path,
        shown = excluded.shown, prices = excluded.prices,
        keys = excluded.keys, start = excluded.start, head = excluded.head,
        numbers = excluded.numbers, words = excluded.words,
        vocabulary = excluded.vocabulary, fill = excluded.fill
    where (f.newest, f.rating, f.in_stock, f.path, f.shown, f.prices, f.keys,
           f.start, f.head, f.numbers, f.words, f.vocabulary)
        is distinct from (excluded.newest, excluded.rating,
           excluded.in_stock, excluded.path, excluded.shown, excluded.prices,
           excluded.keys, excluded.start, excluded.head, excluded.numbers,
           excluded.words, excluded.vocabulary);
end
$$;

comment on function search.index_facts is
    'what filters, facets and text search read, after the entries; what stays'
    ' the same is not written';
