create or replace function store.areas_of(p_areas jsonb)
    returns table (country text, region text, prefix text, last text)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    a record;
    ends text[];
begin
    for a in select x.value, '/areas/' || x.n - 1 as field
        from jsonb_array_elements(p_areas) with ordinality as x (value, n)
    loop
        country := a.value ->> 'country';
        region := coalesce(a.value ->> 'region', '');
        if country <> '*' and not exists (
            select from store.country c where c.code = a.value ->> 'country')
        then
            perform api.fail('SO422', 'must be an ISO 3166 code or *',
                             a.field || '/country');
        end if;
        ends := string_to_array(coalesce(a.value ->> 'postal_code', ''),
                                '...');
        prefix := store.postal(rtrim(coalesce(ends[1], ''), '*'));
        last := store.postal(ends[2]);
        last := nullif(last, '');
        if prefix !~ '^[A-Z0-9]*$' or cardinality(ends) > 2
            or cardinality(ends) = 2 and (last is null
                or last !~ '^[A-Z0-9]+$' or length(last) <> length(prefix)
                or last collate "C" <= prefix)
        then
            perform api.fail('SO422', 'must be like 90210, 902* or'
                ' 10000...19999', a.field || '/postal_code');
        end if;
        if country = '*' and prefix <> '' then
            perform api.fail('SO422', 'needs a country',
                             a.field || '/postal_code');
        end if;
        return next;
    end loop;
end
$$;

comment on function store.areas_of is
    'areas of a zone from the body of a request: refuses what is no country,'
    ' no beginning and no range of postal codes';
