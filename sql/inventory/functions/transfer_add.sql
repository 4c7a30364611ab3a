create or replace function inventory.transfer_add(store bigint, actor uuid,
        document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    source bigint := inventory.warehouse_find(store, document ->> 'from');
    target bigint := inventory.warehouse_find(store, document ->> 'to');
    made inventory.transfer;
begin
    if source is null or target is null then
        perform api.fail('ST422', 'There is no such warehouse.',
            case when source is null then '/from' else '/to' end);
    end if;
    if source = target then
        perform api.fail('ST422', 'This is where it comes from.', '/to');
    end if;
    insert into inventory.transfer (store_id, from_id, to_id, note,
                                    expected_at, created_by)
    values (store, source, target, coalesce(document ->> 'note', ''),
            (document ->> 'expected_at')::timestamptz, actor)
    returning * into made;
    perform inventory.put_transfer_lines(made, document -> 'lines');
    perform ops.record(store, actor, 'transfer.add', 'transfer:' || made.id,
                       null, document);
    return inventory.transfer_answer(made, 201);
end
$$;

comment on function inventory.transfer_add is 'POST /transfers: a draft';
