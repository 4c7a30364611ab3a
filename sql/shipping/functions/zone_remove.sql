create or replace function shipping.zone_remove(p_store bigint, p_id bigint,
        p_actor uuid, p_request text, p_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    z shipping.zone := shipping.zone_locked(p_store, p_id, p_version);
begin
    perform ops.record(p_store, p_actor, 'shipping_zone.remove',
        'shipping_zone:' || z.id, shipping.zone_json(z), null, null,
        p_request);
    delete from shipping.zone t where t.id = z.id;
    return row(204, null, null, null, null, false)::api.answer;
end
$$;

comment on function shipping.zone_remove is
    'DELETE /shipping/zones/{id}: its rates go with it';
