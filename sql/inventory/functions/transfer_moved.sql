create or replace function inventory.transfer_moved(t inventory.transfer,
        actor uuid, action text)
    returns inventory.transfer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    update inventory.transfer o
        set note = t.note, expected_at = t.expected_at, status = t.status,
            sent_at = case when t.status = 'draft' then null
                           else coalesce(o.sent_at, case when t.status
                               = 'in_transit' then now() end) end,
            closed_at = case when t.status in ('received', 'cancelled')
                             then now() end,
            version = o.version + 1, updated_at = now()
        where o.id = t.id returning o.* into t;
    perform ops.record(t.store_id, actor, action, 'transfer:' || t.id, null,
                       inventory.transfer_json(t));
    return t;
end
$$;

comment on function inventory.transfer_moved is
    'writes a locked transfer in its new state';
