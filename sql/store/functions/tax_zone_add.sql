create or replace function store.tax_zone_add(p_store bigint, p_actor uuid,
        p_request text, p_document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    z store.tax_zone;
begin
    insert into store.tax_zone (store_id, name, tax_included)
    values (p_store, p_document ->> 'name',
            (p_document ->> 'tax_included')::boolean)
    on conflict (store_id, name) do nothing
    returning * into z;
    if not found then
        perform api.fail('SO409', 'Another tax zone has this name.');
    end if;
    perform store.put_tax_areas(z, p_document -> 'areas');
    perform store.put_tax_rates(z, coalesce(p_document -> 'rates', '[]'));
    perform ops.record(p_store, p_actor, 'tax_zone.add', 'tax_zone:' || z.id,
        null, store.tax_zone_json(z), null, p_request);
    return row(201, store.tax_zone_json(z)::text, z.version::text,
               '/tax-zones/' || z.id, null, false)::api.answer;
end
$$;

comment on function store.tax_zone_add is 'POST /tax-zones';
