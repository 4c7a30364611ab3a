create or replace function inventory.warehouse_change(store bigint, ref text,
        actor uuid, if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old inventory.warehouse :=
        inventory.warehouse_locked(store, ref, if_version);
    new inventory.warehouse := jsonb_populate_record(old, document);
    tags text;
begin
    update inventory.warehouse w
        set name = new.name, country = new.country, address = new.address,
            position = new.position, active = new.active,
            version = w.version + 1, updated_at = now()
        where w.id = old.id returning w.* into new;
    if new.active <> old.active then
        tags := inventory.warehouse_opened(new);
    end if;
    perform ops.record(store, actor, 'warehouse.change',
        'warehouse:' || old.id, to_jsonb(old), to_jsonb(new));
    return row(200, inventory.warehouse_json(new)::text, new.version::text,
               null, tags, false)::api.answer;
end
$$;

comment on function inventory.warehouse_change is
    'PATCH /warehouses/{id or code}: the members that the document has';
