drop function if exists search.facts_of(bigint[]);

create or replace function search.facts_of(products bigint[],
                                           keyed search.keys[])
    returns table (product_id bigint, store_id bigint, newest bigint,
        rating int, sold int, in_stock boolean, best boolean, path int[],
        shown int[], prices bigint[], keys int[], start text, head tsvector,
        numbers jsonb, words tsvector, vocabulary text[])
    language plpgsql stable rows 1000
as $$
#variable_conflict use_column
begin
    return query
    select k.product_id, k.store_id, t.newest, t.rating::int,
           x.sold, t.in_stock, x.best, k.path, k.shown,
           array(select (select n.price from search.entry n
                         where n.product_id = k.product_id
                         and n.store_id = k.store_id and n.currency = c.code)
                 from unnest((select s.currencies from store.store s
                              where s.id = k.store_id))
                     with ordinality as c (code, place)
                 order by c.place),
           k.keys, t.start, t.head,
           case when t.attributes <> '{}' then (
               select jsonb_object_agg(lower(n.name), n.value)
               from search.numbers_of(array[k.product_id]) as n) end,
           t.words, t.vocabulary
    from unnest(keyed) as k
    join search.texts_of(products) as t on t.product_id = k.product_id
        and t.store_id = k.store_id
    cross join lateral (
        select coalesce(max(search.scale(s.pieces)), 0) as sold,
               coalesce(bool_or(s.best), false) as best
        from search.sale s where s.product_id = k.product_id) as x
    order by k.product_id, k.store_id;
end
$$;

comment on function search.facts_of is
    'rows of search.fact, after the entries of the products and with the'
    ' numbers that search.keyed() gave';
