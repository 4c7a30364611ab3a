create or replace function wishlist.shared_items(store bigint, share uuid,
        currency text, size int, after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    l wishlist.list;
begin
    select w.* into l from wishlist.list w
        where w.share_id = share and w.store_id = store;
    if not found then
        perform api.fail('WL404', 'There is no such wishlist.');
    end if;
    return query select wishlist.items_json(l.id, store,
        wishlist.currency_of(store, currency), size, after);
end
$$;

comment on function wishlist.shared_items is
    'GET /wishlists/shared/{share}/items';
