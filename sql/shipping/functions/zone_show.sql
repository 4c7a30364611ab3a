create or replace function shipping.zone_show(p_store bigint, p_id bigint)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select shipping.zone_json(z)::text, z.version::text
    from shipping.zone z where z.store_id = p_store and z.id = p_id
$$;

comment on function shipping.zone_show is 'GET /shipping/zones/{id}';
