create or replace function store.tax_zone_remove(p_store bigint,
        p_id bigint, p_actor uuid, p_request text, p_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    z store.tax_zone := store.tax_zone_locked(p_store, p_id, p_version);
begin
    perform ops.record(p_store, p_actor, 'tax_zone.remove',
        'tax_zone:' || z.id, store.tax_zone_json(z), null, null, p_request);
    delete from store.tax_zone t where t.id = z.id;
    return row(204, null, null, null, null, false)::api.answer;
end
$$;

comment on function store.tax_zone_remove is 'DELETE /tax-zones/{id}';
