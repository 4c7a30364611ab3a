create or replace function search.currency_of(shop store.store, wanted text)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if wanted <> all (shop.currencies) then
        perform api.fail('ZZ422', format('This store sells in %s.',
            array_to_string(shop.currencies, ', ')), 'currency');
    end if;
    return coalesce(wanted, shop.currency);
end
$$;

comment on function search.currency_of is
    'the currency that a list is asked for, or the store''s own';
