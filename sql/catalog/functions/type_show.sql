create or replace function catalog.type_show(store bigint, ref text)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select catalog.type_json(t), t.version::text
    from catalog.product_type t
    where t.id = catalog.type_find(store, ref)
$$;

comment on function catalog.type_show is
    'GET /product-types/{id}: by code or id';
