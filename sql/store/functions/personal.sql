create or replace function store.personal(account uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('tax_exemptions', coalesce((
        select jsonb_agg(store.exemption_json(e) order by e.id)
        from store.tax_exemption e where e.user_id = account), '[]'))
$$;

comment on function store.personal is 'what stores know of a person';
