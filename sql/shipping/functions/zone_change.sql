create or replace function shipping.zone_change(p_store bigint, p_id bigint,
        p_actor uuid, p_request text, p_version bigint, p_document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    z shipping.zone := shipping.zone_locked(p_store, p_id, p_version);
    old jsonb := shipping.zone_json(z);
begin
    if exists (select from shipping.zone t where t.store_id = p_store
               and t.name = p_document ->> 'name' and t.id <> z.id)
    then
        perform api.fail('SH409', 'Another shipping zone has this name.');
    end if;
    z.name := coalesce(p_document ->> 'name', z.name);
    z.version := z.version + 1;
    update shipping.zone t set name = z.name, version = z.version
    where t.id = z.id;
    if p_document ? 'areas' then
        perform shipping.put_areas(z, p_document -> 'areas');
    end if;
    perform ops.record(p_store, p_actor, 'shipping_zone.change',
        'shipping_zone:' || z.id, old, shipping.zone_json(z), null, p_request);
    return row(200, shipping.zone_json(z)::text, z.version::text, null, null,
               false)::api.answer;
end
$$;

comment on function shipping.zone_change is
    'PATCH /shipping/zones/{id}: areas are given as a whole';
