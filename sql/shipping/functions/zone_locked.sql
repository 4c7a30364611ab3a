create or replace function shipping.zone_locked(p_store bigint, p_id bigint,
        p_version bigint)
    returns shipping.zone
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    z shipping.zone;
begin
    select t.* into z from shipping.zone t
    where t.store_id = p_store and t.id = p_id for no key update;
    if not found then
        perform api.fail('SH404', 'There is no such shipping zone.');
    elsif z.version <> p_version then
        perform api.fail('AP412', 'The shipping zone has changed meanwhile.');
    end if;
    return z;
end
$$;

comment on function shipping.zone_locked is
    'a shipping zone for its change, of the version that the actor has seen';
