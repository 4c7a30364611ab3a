create or replace function wishlist.remove(store bigint, actor uuid, ref text,
                                           if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    l wishlist.list := wishlist.find(store, actor, ref);
begin
    select w.* into l from wishlist.list w where w.id = l.id for update;
    if not found then
        perform api.fail('WL404', 'There is no such wishlist.');
    end if;
    if l.version <> if_version then
        perform api.fail('AP412', 'The wishlist has changed meanwhile.');
    end if;
    delete from wishlist.list w where w.id = l.id;
    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function wishlist.remove is
    'DELETE /wishlists/{id}: the list and its items';
