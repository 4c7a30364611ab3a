create or replace function inventory.warehouse_ref(warehouse bigint)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('id', w.id::text, 'code', w.code,
                              'name', w.name)
    from inventory.warehouse w where w.id = warehouse
$$;

comment on function inventory.warehouse_ref is
    'a warehouse where it is one of several things';
