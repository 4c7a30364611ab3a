create or replace function inventory.count_locked(store bigint, id bigint,
        if_version bigint)
    returns inventory.stock_count
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    stock_count inventory.stock_count;
begin
    select c.* into stock_count from inventory.stock_count c
        where c.id = count_locked.id and c.store_id = store
        for no key update;
    if not found then
        perform api.fail('ST404', 'There is no such count.');
    end if;
    if stock_count.version <> if_version then
        perform api.fail('AP412', 'The count has changed meanwhile.');
    end if;
    if stock_count.status <> 'open' then
        perform api.fail('OT409', format('This count is %s.',
                                         stock_count.status));
    end if;
    return stock_count;
end
$$;

comment on function inventory.count_locked is
    'an open count for its change: locked, and of the version that the actor'
    ' has seen';
