create or replace function store.put_tax_rates(z store.tax_zone,
        p_rates jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    x record;
begin
    for x in select e.value as v, '/rates/' || e.n - 1 as field
        from jsonb_array_elements(p_rates) with ordinality as e (value, n)
    loop
        if x.v ->> 'rate' !~ '^[0-9]{1,2}([.][0-9]{1,4})?$' then
            perform api.fail('SO422', 'must be a percentage such as "7.25"',
                             x.field || '/rate');
        elsif not exists (select from store.tax_class c
            where c.store_id = z.store_id and c.code = x.v ->> 'tax_class')
        then
            perform api.fail('SO422', 'There is no such tax class.',
                             x.field || '/tax_class');
        elsif (x.v ->> 'valid_until')::timestamptz
            <= (x.v ->> 'valid_from')::timestamptz
        then
            perform api.fail('SO422', 'must be later than valid_from',
                             x.field || '/valid_until');
        end if;
        perform store.words(z.store_id, '{}', x.v -> 'translations',
                            '{name}', x.field || '/translations');
    end loop;

    delete from store.tax_rate r where r.zone_id = z.id;
    insert into store.tax_rate (zone_id, store_id, tax_class, position, name,
                                rate, valid_from, valid_until, translations)
    select z.id, z.store_id, e.value ->> 'tax_class', e.n,
           e.value ->> 'name', (e.value ->> 'rate')::numeric,
           (e.value ->> 'valid_from')::timestamptz,
           (e.value ->> 'valid_until')::timestamptz,
           jsonb_strip_nulls(coalesce(e.value -> 'translations', '{}'))
    from jsonb_array_elements(p_rates) with ordinality as e (value, n);
end
$$;

comment on function store.put_tax_rates is
    'the taxes of a zone: of a class there may be several, and such that begin'
    ' or end at a time';
