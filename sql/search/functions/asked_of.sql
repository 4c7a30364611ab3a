create or replace function search.asked_of(store bigint, currency text,
        sort text, size int, after text, query text)
    returns search.ask
    language plpgsql stable
as $$
declare
    shop record;
    asked record;
    words tsquery;
    parts tsquery[];
    documents bigint;
    money text;
begin
    select s.currency, s.currencies, s.locales, s.shows into strict shop
        from store.store s where s.id = store;
    if currency is null then
        money := shop.currency;
    else
        money := search.currency_of(shop.currency, shop.currencies, currency);
    end if;
    if sort is null or sort = 'relevance' then
        sort := case when query is null then 'newest' else 'relevance' end;
    end if;
    if query is not null then
        asked := search.question(store, search.languages(shop.locales),
                                 query, false);
        words := asked.words;
        parts := asked.parts;
        documents := asked.documents;
    end if;
    -- attributes in the order of the type, from store to parts
    return row(store, money, array_position(shop.currencies, money), null,
        null, null, null, words, documents, '{}', null, null, null, sort,
        size, case when after is not null then search.cursor_of(after, sort)
            else row(9223372036854775807, 9223372036854775807)::search.hit end,
        true, null, null, shop.shows, null, null, false, null,
        parts)::search.ask;
end
$$;

comment on function search.asked_of is
    'what a list is asked for, without its filters';
