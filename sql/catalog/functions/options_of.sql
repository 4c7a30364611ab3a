create or replace function catalog.options_of(product bigint)
    returns json
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(json_agg(json_build_object('name', o.name,
                'values', o.values) order by o.position), '[]')
    from catalog.option o where o.product_id = product
$$;

comment on function catalog.options_of is 'options of a product, in order';
