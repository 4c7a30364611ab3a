create or replace function wishlist.remove_item(store bigint, actor uuid,
                                                ref text, item bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    l wishlist.list := wishlist.find(store, actor, ref);
begin
    delete from wishlist.item i where i.id = item and i.list_id = l.id;
    if not found then
        perform api.fail('WL404', 'There is no such item.');
    end if;
    update wishlist.list w
        set version = w.version + 1, updated_at = now() where w.id = l.id;
    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function wishlist.remove_item is
    'DELETE /wishlists/{id}/items/{item}';
