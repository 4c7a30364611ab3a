create or replace function store.tax_class_show(p_store bigint, p_code text)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select store.tax_class_json(c)::text, c.version::text
    from store.tax_class c where c.store_id = p_store and c.code = p_code
$$;

comment on function store.tax_class_show is 'GET /tax-classes/{code}';
