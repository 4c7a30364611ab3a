create or replace function store.tax_zone_json(z store.tax_zone)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('id', z.id::text, 'name', z.name,
        'tax_included', z.tax_included,
        'areas', coalesce((
            select jsonb_agg(store.area_json(a.country, a.region,
                       a.postal_prefix, a.postal_last)
                       order by a.country, a.region, a.postal_prefix)
            from store.tax_area a where a.zone_id = z.id), '[]'),
        'rates', coalesce((
            select jsonb_agg(jsonb_build_object('tax_class', r.tax_class,
                       'name', r.name, 'rate', trim_scale(r.rate)::text,
                       'valid_from', api.time(r.valid_from),
                       'valid_until', api.time(r.valid_until),
                       'translations', r.translations)
                       order by r.tax_class, r.position)
            from store.tax_rate r where r.zone_id = z.id), '[]'))
$$;

comment on function store.tax_zone_json is
    'a tax zone with its areas and rates as the API shows it';
