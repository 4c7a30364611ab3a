create or replace function media.product_touched(product bigint)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update catalog.product p
    set version = p.version + 1, updated_at = now()
    where p.id = product
$$;

comment on function media.product_touched is
    'a product whose pictures changed: rendered, indexed and announced';
