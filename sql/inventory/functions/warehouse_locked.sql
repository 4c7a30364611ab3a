create or replace function inventory.warehouse_locked(store bigint, ref text,
        if_version bigint)
    returns inventory.warehouse
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    warehouse inventory.warehouse;
begin
    select w.* into warehouse from inventory.warehouse w
        where w.id = inventory.warehouse_find(store, ref)
        for no key update;
    if not found then
        perform api.fail('ST404', 'There is no such warehouse.');
    end if;
    if warehouse.version <> if_version then
        perform api.fail('AP412', 'The warehouse has changed meanwhile.');
    end if;
    return warehouse;
end
$$;

comment on function inventory.warehouse_locked is
    'a warehouse for its change: locked, and of the version that the actor has'
    ' seen';
