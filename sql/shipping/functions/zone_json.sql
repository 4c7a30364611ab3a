create or replace function shipping.zone_json(z shipping.zone)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('id', z.id::text, 'name', z.name,
        'areas', coalesce((
            select jsonb_agg(store.area_json(a.country, a.region,
                       a.postal_prefix, a.postal_last)
                       order by a.country, a.region, a.postal_prefix)
            from shipping.area a where a.zone_id = z.id), '[]'))
$$;

comment on function shipping.zone_json is
    'a shipping zone with its areas as the API shows it';
