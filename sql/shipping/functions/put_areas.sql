create or replace function shipping.put_areas(z shipping.zone, p_areas jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from shipping.area a where a.zone_id = z.id;
    insert into shipping.area (store_id, country, region, postal_prefix,
                               postal_last, zone_id)
    select z.store_id, a.country, a.region, a.prefix, a.last, z.id
    from store.areas_of(p_areas) as a;
exception when unique_violation then
    perform api.fail('SH409', 'An area is there twice, or belongs to another'
                     ' zone.');
end
$$;

comment on function shipping.put_areas is
    'where a shipping zone is; an address can''t be named equally by two';
