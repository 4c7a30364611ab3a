create or replace function store.exemption_remove(p_store bigint,
        p_id bigint, p_actor uuid, p_request text, p_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old store.tax_exemption := store.exemption_locked(p_store, p_id,
                                                      p_version);
begin
    delete from store.tax_exemption t where t.id = p_id;
    perform ops.record(p_store, p_actor, 'tax_exemption.remove',
        'user:' || old.user_id, to_jsonb(old), null, null, p_request);
    return row(204, null, null, null, null, false)::api.answer;
end
$$;

comment on function store.exemption_remove is 'DELETE /tax-exemptions/{id}';
