create or replace function store.exemption_change(p_store bigint,
        p_id bigint, p_actor uuid, p_request text, p_version bigint,
        p_document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old store.tax_exemption := store.exemption_locked(p_store, p_id,
                                                      p_version);
    e store.tax_exemption := jsonb_populate_record(old, p_document);
begin
    perform store.exemption_checked(e);
    update store.tax_exemption t
    set countries = e.countries, reason = e.reason,
        certificate = e.certificate, valid_from = e.valid_from,
        valid_until = e.valid_until, version = t.version + 1,
        updated_at = now()
    where t.id = p_id
    returning t.* into e;
    perform ops.record(p_store, p_actor, 'tax_exemption.change',
        'user:' || e.user_id, to_jsonb(old), to_jsonb(e), null, p_request);
    return row(200, store.exemption_json(e)::text, e.version::text, null, null,
               false)::api.answer;
end
$$;

comment on function store.exemption_change is 'PATCH /tax-exemptions/{id}';
