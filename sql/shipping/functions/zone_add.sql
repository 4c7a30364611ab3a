create or replace function shipping.zone_add(p_store bigint, p_actor uuid,
        p_request text, p_document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    z shipping.zone;
begin
    insert into shipping.zone (store_id, name)
    values (p_store, p_document ->> 'name')
    on conflict (store_id, name) do nothing
    returning * into z;
    if not found then
        perform api.fail('SH409', 'Another shipping zone has this name.');
    end if;
    perform shipping.put_areas(z, p_document -> 'areas');
    perform ops.record(p_store, p_actor, 'shipping_zone.add',
        'shipping_zone:' || z.id, null, shipping.zone_json(z), null,
        p_request);
    return row(201, shipping.zone_json(z)::text, z.version::text,
               '/shipping/zones/' || z.id, null, false)::api.answer;
end
$$;

comment on function shipping.zone_add is 'POST /shipping/zones';
