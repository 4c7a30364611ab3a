create or replace function store.vat_id_show(p_store bigint, p_id text)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select store.vat_id_json(p_store, store.vat_normal(p_id))::text
    where store.vat_valid(store.vat_normal(p_id))
$$;

comment on function store.vat_id_show is 'GET /vat-ids/{vat_id}';
