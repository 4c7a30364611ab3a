create or replace function search.suggest(store bigint, currency text,
                                          words text, size int)
    returns table (body text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
as $$
declare
    shop record;
    money text;
    page search.page;
    start text := search.normal(words);
begin
    select s.currency, s.currencies, s.locales[1] as locale into strict shop
        from store.store s where s.id = store;
    money := search.currency_of(shop.currency, shop.currencies, currency);
    page := search.page_of_hits(
        search.found(store, shop.locale, money, words,
            row(null, null, null, null, '{}'), 'relevance'),
        money, size, search.cursor_of(null, 'relevance'));
    return query
    select json_build_object(
        'items', coalesce((
            select json_agg(json_build_object('id', c ->> 'id', 'slug',
                       c ->> 'slug', 'name', c ->> 'name', 'image',
                       c -> 'images' -> 0, 'price', c -> 'price'))
            from (select i::json as c from unnest(page.cards) as i) as j),
            '[]'),
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
