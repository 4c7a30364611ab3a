create or replace function inventory.warehouse_show(store bigint, ref text)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select inventory.warehouse_json(w)::text, w.version::text
    from inventory.warehouse w
    where w.id = inventory.warehouse_find(store, ref)
$$;

comment on function inventory.warehouse_show is
    'GET /warehouses/{id or code}';
