create or replace function store.tax_class_change(p_store bigint,
        p_code text, p_actor uuid, p_request text, p_version bigint,
        p_name text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old store.tax_class := store.tax_class_locked(p_store, p_code, p_version);
    new store.tax_class;
begin
    update store.tax_class t
    set name = coalesce(p_name, t.name), version = t.version + 1
    where t.store_id = p_store and t.code = p_code
    returning t.* into new;
    perform ops.record(p_store, p_actor, 'tax_class.change',
        'tax_class:' || p_code, to_jsonb(old), to_jsonb(new), null, p_request);
    return row(200, store.tax_class_json(new)::text, new.version::text, null,
               null, false)::api.answer;
end
$$;

comment on function store.tax_class_change is 'PATCH /tax-classes/{code}';
