create or replace function wishlist.hush(store bigint, email text)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    delete from wishlist.notice n
    where n.store_id = store
    and (n.email = lower(hush.email)
         or n.user_id = (select a.id from identity.account a
                         where a.email = lower(hush.email)))
$$;

comment on function wishlist.hush is
    'an address waits for nothing in a store any more';
