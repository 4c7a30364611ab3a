create or replace function recommendation.cards(products bigint[],
        store bigint, money text)
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select '[' || coalesce(string_agg(search.card(e.card, e.in_stock), ', '
                                      order by w.place), '') || ']'
    from unnest(products) with ordinality as w (id, place)
    join search.entry e on e.product_id = w.id and e.store_id = store
        and e.currency = money
$$;

comment on function recommendation.cards is
    'products as lists show them, in this order';
