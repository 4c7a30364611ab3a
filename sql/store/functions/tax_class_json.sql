create or replace function store.tax_class_json(c store.tax_class)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('code', c.code, 'name', c.name,
        'is_default', exists (
            select from store.store s
            where s.id = c.store_id and s.tax_class = c.code))
$$;

comment on function store.tax_class_json is
    'a tax class as the API shows it';
