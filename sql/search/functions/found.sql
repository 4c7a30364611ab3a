create or replace function search.found(store bigint, locale text, money text,
        query text, filter search.filter, sort text)
    returns search.hit[]
    language plpgsql stable
as $$
declare
    config regconfig := search.language(locale);
    hits search.hit[];
begin
    hits := search.found_by_text(store, money,
        search.tsquery(config, query), filter, sort);
    if hits is null then
        -- nothing has these words: perhaps they are misspelt
        hits := search.found_by_text(store, money,
            search.tsquery(config, search.correct(store, query)), filter,
            sort);
    end if;
    return coalesce(hits, '{}');
end
$$;

comment on function search.found is
    'products with the words of a query, or with the nearest words there are';
