drop function if exists search.suggest(bigint, text, text, int);

create or replace function search.suggest(store bigint, currency text,
        words text, size int, locale text default null)
    returns table (body text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
as $$
declare
    page search.page;
    a search.ask := search.asked_of(store, currency, 'relevance', size - 1,
                                    null, null);
    start text := search.normal(words);
    ends text[];
begin
    select q.words, q.documents, q.ends into a.words, a.documents, ends
        from store.store s
        cross join search.question(store, search.languages(s.locales), words,
                                   true) as q
        where s.id = store;
    if a.documents > 200 then
        page := search.suggested(a, start, false);
    end if;
    -- a handful is enough: what else fits may be long to find
    if coalesce(cardinality(page.cards), 0) < least(size, 4) then
        page := search.suggested(a, start, true);
    end if;
    if locale is not null then
        page.cards := catalog.localized_cards(page.cards, locale);
    end if;
    body := json_build_object(
        'items', coalesce((
            select json_agg(json_build_object('id', c.id, 'slug', c.slug,
                       'name', c.name, 'image', c.images -> 0,
                       'price', c.price) order by i.n)
            from unnest(page.cards) with ordinality as i (card, n)
            cross join lateral json_to_record(i.card::json) as c (
                id json, slug json, name json, images json, price json)),
            '[]'),
        'categories', coalesce((
            select json_agg(json_build_object('id', g.id::text, 'slug',
                       g.slug, 'name', coalesce(
                           g.translations -> locale ->> 'name', g.name)))
            from (select c.* from search.key k
                  join catalog.category c
                      on c.id = substr(k.token, 2)::bigint and not c.removed
                  where k.store_id = store and k.token like '/%'
                  and start <> '' and k.label like '% ' || start || '%'
                  and k.token ~ '^/[0-9]+$'
                  order by cardinality(c.path), c.position, c.id
                  limit 3) as g), '[]'),
        'queries', search.completed(store, start, ends),
        'next_cursor', null)::text;
    tags := 'catalog:' || store || a.shows;
    return next;
end
$$;

comment on function search.suggest is
    'GET /products/suggest: products, categories and queries for what was'
    ' typed so far';
