create or replace function wishlist.currency_of(store bigint, wanted text)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    own text;
    known text[];
begin
    select s.currency, s.currencies into strict own, known
        from store.store s where s.id = store;
    if wanted <> all (known) then
        perform api.fail('ZZ422', format('This store sells in %s.',
            array_to_string(known, ', ')), 'currency');
    end if;
    return coalesce(wanted, own);
end
$$;

comment on function wishlist.currency_of is
    'the currency that is asked for, or the store''s own';
