create or replace function inventory.transfer_locked(store bigint, id bigint,
        if_version bigint, allowed text[])
    returns inventory.transfer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    transfer inventory.transfer;
begin
    select t.* into transfer from inventory.transfer t
        where t.id = transfer_locked.id and t.store_id = store
        for no key update;
    if not found then
        perform api.fail('ST404', 'There is no such transfer.');
    end if;
    if transfer.version <> if_version then
        perform api.fail('AP412', 'The transfer has changed meanwhile.');
    end if;
    if transfer.status <> all (allowed) then
        perform api.fail('OT409', format('This transfer is %s.',
            replace(transfer.status, '_', ' ')));
    end if;
    return transfer;
end
$$;

comment on function inventory.transfer_locked is
    'a transfer for its change: locked, in one of the states, and of the'
    ' version that the actor has seen';
