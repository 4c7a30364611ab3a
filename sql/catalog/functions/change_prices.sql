create or replace function catalog.change_prices(variant bigint,
        document jsonb, money text, field text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not document ?| array['price', 'prices', 'compare_at_price'] then
        return;
    end if;
    -- what is compared with stands beside a price
    perform catalog.put_prices(variant, document || jsonb_build_object('price',
        coalesce(document -> 'price', to_jsonb((
            select a.amount from catalog.price a
            where a.variant_id = variant and a.currency = money)))),
        money, field);
end
$$;

comment on function catalog.change_prices is
    'sets what a change says of the prices of a variant';
