create or replace function search.found(shop store.store, money text,
        query text, filter search.filter, sort text)
    returns search.hit[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    config regconfig := search.language(shop.locales[1]);
    hits search.hit[];
begin
    hits := search.found_by_text(shop.id, money,
        search.tsquery(config, query), filter, sort);
    if hits is null then
        -- nothing has these words: perhaps they are misspelt
        hits := search.found_by_text(shop.id, money,
            search.tsquery(config, search.correct(shop.id, query)), filter,
            sort);
    end if;
    return coalesce(hits, '{}');
end
$$;

comment on function search.found is
    'products with the words of a query, or with the nearest words there are';
