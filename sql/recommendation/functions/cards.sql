drop function if exists recommendation.cards(bigint[], bigint, text);

create or replace function recommendation.cards(products bigint[],
        store bigint, money text, locale text)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    cards text[];
begin
    select array_agg(search.card(e.card, e.in_stock) order by w.place)
    into cards
    from unnest(products) with ordinality as w (id, place)
    join search.entry e on e.product_id = w.id and e.store_id = store
        and e.currency = money;
    if locale is not null and cards is not null then
        cards := catalog.localized_cards(cards, locale);
    end if;
    return '[' || coalesce(array_to_string(cards, ', '), '') || ']';
end
$$;

comment on function recommendation.cards is
    'products as lists show them, in this order';
