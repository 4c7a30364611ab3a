create or replace function inventory.count_change(store bigint, id bigint,
        actor uuid, if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    c inventory.stock_count := inventory.count_locked(store, id, if_version);
begin
    c.note := coalesce(document ->> 'note', c.note);
    return inventory.count_answer(
        inventory.count_moved(c, actor, 'count.change'), 200);
end
$$;

comment on function inventory.count_change is 'PATCH /counts/{id}: its note';
