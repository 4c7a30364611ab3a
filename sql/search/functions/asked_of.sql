create or replace function search.asked_of(store bigint, currency text,
        sort text, size int, after text, query text)
    returns search.ask
    language plpgsql stable
as $$
declare
    shop record;
    a search.ask;
begin
    select s.currency, s.currencies, s.locales into strict shop
        from store.store s where s.id = store;
    a.store := store;
    a.money := search.currency_of(shop.currency, shop.currencies, currency);
    a.slot := array_position(shop.currencies, a.money);
    a.sort := coalesce(nullif(sort, 'relevance'), case
        when query is null then 'newest' else 'relevance' end);
    a.size := size;
    a.place := search.cursor_of(after, a.sort);
    a.picks := '{}';
    a.faceted := true;
    if query is not null then
        select q.words, q.documents into a.words, a.documents
            from search.question(store, search.languages(shop.locales),
                                 query, false) as q;
    end if;
    return a;
end
$$;

comment on function search.asked_of is
    'what a list is asked for, without its filters';
