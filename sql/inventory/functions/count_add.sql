create or replace function inventory.count_add(store bigint, actor uuid,
        document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    house bigint := inventory.warehouse_find(store, document ->> 'warehouse');
    made inventory.stock_count;
begin
    if house is null then
        perform api.fail('ST422', 'There is no such warehouse.', '/warehouse');
    end if;
    insert into inventory.stock_count (store_id, warehouse_id, note,
                                       created_by)
    values (store, house, coalesce(document ->> 'note', ''), actor)
    returning * into made;
    perform ops.record(store, actor, 'count.add', 'count:' || made.id, null,
                       document);
    return inventory.count_answer(made, 201);
end
$$;

comment on function inventory.count_add is 'POST /counts: a count begins';
