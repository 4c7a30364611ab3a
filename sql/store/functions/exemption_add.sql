create or replace function store.exemption_add(p_store bigint,
        p_actor uuid, p_request text, p_document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    e store.tax_exemption := jsonb_populate_record(null::store.tax_exemption,
                                                   p_document);
begin
    perform store.exemption_checked(e);
    insert into store.tax_exemption (store_id, user_id, countries, reason,
        certificate, valid_from, valid_until)
    values (p_store, e.user_id, e.countries, e.reason, e.certificate,
            e.valid_from, e.valid_until)
    on conflict (store_id, user_id) do nothing
    returning * into e;
    if not found then
        perform api.fail('SO409', 'The account is exempt already.');
    end if;
    perform ops.record(p_store, p_actor, 'tax_exemption.add',
        'user:' || e.user_id, null, to_jsonb(e), null, p_request);
    return row(201, store.exemption_json(e)::text, e.version::text,
               '/tax-exemptions/' || e.id, null, false)::api.answer;
end
$$;

comment on function store.exemption_add is 'POST /tax-exemptions';
