create or replace function search.suggest(store bigint, currency text,
                                          words text, size int)
    returns table (body text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    shop store.store;
    money text;
    hits search.hit[];
    start text := search.normal(words);
begin
    select s.* into strict shop from store.store s where s.id = store;
    money := search.currency_of(shop, currency);
    hits := search.page_of_hits(
        search.found(shop, money, words, row(null, null, null, null, '{}'),
                     'relevance'),
        size, search.cursor_of(null, 'relevance'));
    return query
    select json_build_object(
        'items', coalesce((
            select json_agg(json_build_object('id', c ->> 'id', 'slug',
                       c ->> 'slug', 'name', c ->> 'name', 'image',
                       c -> 'images' -> 0, 'price', c -> 'price')
                       order by h.n)
            from unnest(hits) with ordinality as h (product_id, rank, n)
            join search.entry e on e.product_id = h.product_id
                and e.currency = money
            cross join lateral (
                select (e.card || 'null}')::json as c) as j), '[]'),
        'categories', coalesce((
            select json_agg(json_build_object('id', g.id::text, 'slug',
                       g.slug, 'name', g.name))
            from (select * from catalog.category k
                  where k.store_id = store and start <> ''
                  and ' ' || search.normal(k.name) like '% ' || start || '%'
                  order by cardinality(k.path), k.position, k.id
                  limit 3) as g), '[]'),
        'next_cursor', null)::text,
        'catalog:' || store;
end
$$;

comment on function search.suggest is
    'GET /products/suggest: products and categories for what was typed so far';
