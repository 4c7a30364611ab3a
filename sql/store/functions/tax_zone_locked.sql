create or replace function store.tax_zone_locked(p_store bigint,
        p_id bigint, p_version bigint)
    returns store.tax_zone
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    z store.tax_zone;
begin
    select t.* into z from store.tax_zone t
    where t.store_id = p_store and t.id = p_id for no key update;
    if not found then
        perform api.fail('SO404', 'There is no such tax zone.');
    elsif z.version <> p_version then
        perform api.fail('AP412', 'The tax zone has changed meanwhile.');
    end if;
    return z;
end
$$;

comment on function store.tax_zone_locked is
    'a tax zone for its change, of the version that the actor has seen';
