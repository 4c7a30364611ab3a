create or replace function inventory.warehouse_json(w inventory.warehouse)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', w.id::text,
        'code', w.code,
        'name', w.name,
        'country', w.country,
        'address', w.address,
        'position', w.position,
        'active', w.active,
        'created_at', api.time(w.created_at),
        'updated_at', api.time(w.updated_at))
$$;

comment on function inventory.warehouse_json is 'a warehouse as staff see it';
