create or replace function catalog.put_prices(variant bigint, document jsonb,
        currency text, field text)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into catalog.price as p (variant_id, currency, amount, compare_at)
    select variant, m.currency, m.amount, m.compare_at
    from (
        select put_prices.currency as currency,
               catalog.amount_of(document -> 'price', put_prices.currency,
                                 field || '/price') as amount,
               catalog.amount_of(document -> 'compare_at_price',
                                 put_prices.currency,
                                 field || '/compare_at_price') as compare_at
        union all
        select x.value ->> 'currency', (x.value ->> 'amount')::bigint, null
        from jsonb_array_elements(document -> 'prices') as x
        where x.value ->> 'currency' <> put_prices.currency
    ) as m
    where m.amount is not null
    on conflict (variant_id, currency) do update
    set amount = excluded.amount, converted = false,
        compare_at = case when document ? 'compare_at_price'
            and excluded.currency = put_prices.currency
            then excluded.compare_at else p.compare_at end
$$;

comment on function catalog.put_prices is
    'sets the prices of a variant: price and compare_at_price in one currency,'
    ' prices in others';
