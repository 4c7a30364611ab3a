create or replace function store.exemption_json(e store.tax_exemption)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('id', e.id::text, 'user_id', e.user_id,
        'countries', e.countries, 'reason', e.reason,
        'certificate', e.certificate, 'valid_from', api.time(e.valid_from),
        'valid_until', api.time(e.valid_until),
        'created_at', api.time(e.created_at),
        'updated_at', api.time(e.updated_at))
$$;

comment on function store.exemption_json is
    'an exemption from tax as the API shows it';
