create or replace function inventory.count_moved(c inventory.stock_count,
        actor uuid, action text)
    returns inventory.stock_count
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    update inventory.stock_count o
        set note = c.note, status = c.status,
            closed_at = case when c.status <> 'open' then now() end,
            version = o.version + 1, updated_at = now()
        where o.id = c.id returning o.* into c;
    perform ops.record(c.store_id, actor, action, 'count:' || c.id, null,
                       inventory.count_json(c));
    return c;
end
$$;

comment on function inventory.count_moved is
    'writes a locked count in its new state';
