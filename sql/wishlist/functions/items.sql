create or replace function wishlist.items(store bigint, actor uuid, ref text,
        currency text, size int, after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    l wishlist.list := wishlist.find(store, actor, ref);
begin
    if l.id is null and ref not in ('default', 'saved') then
        perform api.fail('WL404', 'There is no such wishlist.');
    end if;
    return query select wishlist.items_json(l.id, store,
        wishlist.currency_of(store, currency), size, after);
end
$$;

comment on function wishlist.items is 'GET /wishlists/{id}/items';
