create or replace function inventory.count_cancel(store bigint, id bigint,
        actor uuid, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    c inventory.stock_count := inventory.count_locked(store, id, if_version);
begin
    c.status := 'cancelled';
    return inventory.count_answer(
        inventory.count_moved(c, actor, 'count.cancel'), 200);
end
$$;

comment on function inventory.count_cancel is
    'POST /counts/{id}/cancel: nothing comes of it';
