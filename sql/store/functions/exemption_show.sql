create or replace function store.exemption_show(p_store bigint, p_id bigint)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select store.exemption_json(e)::text, e.version::text
    from store.tax_exemption e where e.store_id = p_store and e.id = p_id
$$;

comment on function store.exemption_show is 'GET /tax-exemptions/{id}';
