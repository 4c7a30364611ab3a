create or replace function inventory.transfer_change(store bigint, id bigint,
        actor uuid, if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    t inventory.transfer := inventory.transfer_locked(store, id, if_version,
        '{draft,in_transit,partially_received}');
begin
    if document ? 'lines' then
        if t.status <> 'draft' then
            perform api.fail('OT409', 'What is on its way can''t be changed.');
        end if;
        perform inventory.put_transfer_lines(t, document -> 'lines');
    end if;
    t.note := coalesce(document ->> 'note', t.note);
    if document ? 'expected_at' then
        t.expected_at := document ->> 'expected_at';
    end if;
    return inventory.transfer_answer(
        inventory.transfer_moved(t, actor, 'transfer.change'), 200);
end
$$;

comment on function inventory.transfer_change is
    'PATCH /transfers/{id}: lines as long as it is a draft';
