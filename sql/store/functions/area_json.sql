create or replace function store.area_json(p_country text, p_region text,
        p_prefix text, p_last text)
    returns jsonb
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('country', p_country,
        'region', nullif(p_region, ''),
        'postal_code', case when p_last is not null
            then p_prefix || '...' || p_last
            when p_prefix <> '' then p_prefix || '*' end)
$$;

comment on function store.area_json is
    'an area of a tax or shipping zone as the API shows it';
