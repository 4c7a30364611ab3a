create or replace function inventory.warehouse_find(store bigint, ref text)
    returns bigint
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select w.id from inventory.warehouse w
    where w.store_id = store
    and (w.code = ref
         or w.id = case when ref ~ '^[0-9]{1,18}$' then ref::bigint end)
    order by w.code = ref desc limit 1
$$;

comment on function inventory.warehouse_find is
    'a warehouse of the store by code or id, or null';
