create or replace function store.vat_id_json(p_store bigint, p_id text)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('vat_id', p_id,
        'country', store.vat_country(p_id),
        'status', case when s.vat_check = 'registry'
                       then coalesce(v.state, 'unknown') else 'valid' end,
        'name', v.name, 'checked_at', api.time(v.checked_at))
    from store.store s
    left join store.vat_id v on v.vat_id = p_id and s.vat_check = 'registry'
    where s.id = p_store
$$;

comment on function store.vat_id_json is
    'what is known of a VAT id; where no registry is asked, its form is enough';
