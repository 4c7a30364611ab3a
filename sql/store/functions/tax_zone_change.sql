create or replace function store.tax_zone_change(p_store bigint,
        p_id bigint, p_actor uuid, p_request text, p_version bigint,
        p_document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    z store.tax_zone := store.tax_zone_locked(p_store, p_id, p_version);
    old jsonb := store.tax_zone_json(z);
begin
    if exists (select from store.tax_zone t where t.store_id = p_store
               and t.name = p_document ->> 'name' and t.id <> z.id)
    then
        perform api.fail('SO409', 'Another tax zone has this name.');
    end if;
    z := jsonb_populate_record(z, p_document - '{areas,rates}'::text[]);
    z.version := z.version + 1;
    update store.tax_zone t
    set name = z.name, tax_included = z.tax_included, version = z.version
    where t.id = z.id;
    if p_document ? 'areas' then
        perform store.put_tax_areas(z, p_document -> 'areas');
    end if;
    if p_document ? 'rates' then
        perform store.put_tax_rates(z, p_document -> 'rates');
    end if;
    perform ops.record(p_store, p_actor, 'tax_zone.change',
        'tax_zone:' || z.id, old, store.tax_zone_json(z), null, p_request);
    return row(200, store.tax_zone_json(z)::text, z.version::text, null, null,
               false)::api.answer;
end
$$;

comment on function store.tax_zone_change is
    'PATCH /tax-zones/{id}: areas and rates are given as a whole';
