create or replace function search.list(store bigint, currency text,
        category text, query text, low bigint, high bigint, stocked boolean,
        filters jsonb, sort text, size int, after text)
    returns table (body text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
as $$
declare
    shop record;
    filter search.filter;
    place search.hit;
    hits search.hit[];
    page search.page;
    facets text;
    ranked text := coalesce(nullif(sort, 'relevance'), case
        when query is null then 'newest' else 'relevance' end);
    money text;
begin
    select s.currency, s.currencies, s.locales[1] as locale into strict shop
        from store.store s where s.id = store;
    money := search.currency_of(shop.currency, shop.currencies, currency);
    place := search.cursor_of(after, ranked);
    filter := row(null, low, high, stocked, '{}');
    if filters is not null then
        filter.tokens := search.tokens_from(filters);
    end if;
    if category is not null then
        filter.category := coalesce(catalog.category_find(store, category),
                                    -1);
    end if;

    if query is not null then
        hits := search.found(store, shop.locale, money, query, filter, ranked);
    elsif filter.tokens <> '{}' then
        hits := coalesce(search.found_by_tokens(store, money, filter, ranked),
                         '{}');
    elsif num_nonnulls(low, high, stocked) > 0 then
        hits := search.found_by_filter(store, money, filter, ranked);
    elsif category is not null then
        page := search.page_of_category(store, money, filter.category, ranked,
                                        size + 1, place);
    else
        page := search.page_of_all(store, money, ranked, size + 1, place);
    end if;

    if hits is not null then
        page := search.page_of_hits(hits, money, size + 1, place);
        facets := search.facets_of(hits, money, filter.category);
    else
        select f.body into facets from search.facet f
            where f.store_id = store and f.currency = money
            and f.category_id = coalesce(filter.category, 0);
    end if;
    body := search.list_json(page, size, ranked, coalesce(facets,
        '{"categories" : [], "attributes" : [], "prices" : []}'));
    tags := 'catalog:' || store;
    return next;
end
$$;

comment on function search.list is
    'GET /products and /products/search: a page of products that fit, and'
    ' the facets of all that fit';
