create or replace function inventory.warehouse_remove(store bigint, ref text,
        actor uuid, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old inventory.warehouse :=
        inventory.warehouse_locked(store, ref, if_version);
begin
    perform inventory.lock(array(
        select s.variant_id from inventory.stock s
        where s.warehouse_id = old.id));
    if exists (select from inventory.stock s
               where s.warehouse_id = old.id
               and (s.on_hand > 0 or s.backordered > 0
                    or not exists (select from inventory.stock o
                                   where o.variant_id = s.variant_id
                                   and o.warehouse_id <> old.id)))
        or exists (select from inventory.transfer t
                   where old.id in (t.from_id, t.to_id))
        or exists (select from inventory.stock_count c
                   where c.warehouse_id = old.id)
        or not exists (select from inventory.warehouse w
                       where w.store_id = store and w.id <> old.id)
    then
        perform api.fail('SW409', 'This warehouse has stock or a history, or'
            ' is the only one of a variant: make it inactive instead.');
    end if;
    delete from inventory.stock s where s.warehouse_id = old.id;
    delete from inventory.warehouse w where w.id = old.id;
    perform ops.record(store, actor, 'warehouse.remove',
        'warehouse:' || old.id, to_jsonb(old), null);
    return row(204, null, null, null, null, false)::api.answer;
end
$$;

comment on function inventory.warehouse_remove is
    'DELETE /warehouses/{id or code}: one that nothing hangs on';
