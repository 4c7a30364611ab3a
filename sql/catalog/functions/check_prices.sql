create or replace function catalog.check_prices(store store.store,
                                                document jsonb)
    returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    wrong bigint;
begin
    select x.n - 1 into wrong
    from jsonb_array_elements(document -> 'prices')
        with ordinality as x (value, n)
    where x.value ->> 'currency' <> all (store.currencies) limit 1;
    if found then
        perform api.fail('PR422', format('This store sells in %s.',
            array_to_string(store.currencies, ', ')),
            format('/prices/%s/currency', wrong));
    end if;
end
$$;

comment on function catalog.check_prices is
    'refuses prices in currencies that the store does not have';
