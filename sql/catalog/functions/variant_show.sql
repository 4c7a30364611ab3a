create or replace function catalog.variant_show(store bigint, ref text,
        variant text, currency text, reader uuid, manager boolean)
    returns table (body text, etag text, tags text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select v.value::text, p.etag, p.tags
    from catalog.product_show(store, ref, currency, null, reader,
                              manager) as p
    cross join jsonb_array_elements(p.body::jsonb -> 'variants') as v
    where v.value ->> 'id' = variant or v.value ->> 'sku' = variant
    limit 1
$$;

comment on function catalog.variant_show is
    'GET /products/{id}/variants/{variant}: by id or SKU; its version is the'
    ' product''s';
