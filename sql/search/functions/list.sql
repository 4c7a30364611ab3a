create or replace function search.list(store bigint, currency text,
        category text, query text, low bigint, high bigint, stocked boolean,
        filters jsonb, sort text, size int, after text)
    returns table (body text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    shop store.store;
    filter search.filter;
    place search.hit;
    hits search.hit[];
    facets text;
    ranked text := coalesce(sort, case when query is null then 'newest'
                                   else 'relevance' end);
    money text;
begin
    if ranked = 'relevance' and query is null then
        ranked := 'newest';
    end if;
    select s.* into strict shop from store.store s where s.id = store;
    money := search.currency_of(shop, currency);
    place := search.cursor_of(after, ranked);
    tags := 'catalog:' || store;
    filter := row(null, low, high, stocked,
                  search.tokens_from(coalesce(filters, '{}')));
    if category is not null then
        filter.category := coalesce(catalog.category_find(store, category),
                                    -1);
    end if;

    if query is not null then
        hits := search.found(shop, money, query, filter, ranked);
        facets := search.facets_of(hits, money, filter.category);
        hits := search.page_of_hits(hits, size + 1, place);
    elsif filter.tokens <> '{}' then
        hits := search.found_by_tokens(store, money, filter, ranked);
        facets := search.facets_of(hits, money, filter.category);
        hits := search.page_of_hits(hits, size + 1, place);
    elsif num_nonnulls(filter.category, low, high, stocked) > 0 then
        hits := search.found_by_filter(store, money, filter, ranked);
        if num_nonnulls(low, high, stocked) > 0 then
            facets := search.facets_of(hits, money, filter.category);
        end if;
        hits := search.page_of_hits(hits, size + 1, place);
    else
        hits := search.page_of_all(store, money, ranked, size + 1, place);
    end if;

    if facets is null then
        select f.body into facets from search.facet f
            where f.store_id = store and f.currency = money
            and f.category_id = coalesce(filter.category, 0);
    end if;
    body := search.list_json(hits, size, ranked, money, coalesce(facets,
        '{"categories" : [], "attributes" : [], "prices" : []}'));
    return next;
end
$$;

comment on function search.list is
    'GET /products and /products/search: a page of products that fit, and'
    ' the facets of all that fit';
