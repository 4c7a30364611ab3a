create or replace function wishlist.forget(emails text[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    delete from wishlist.notice n where n.email = any (emails)
$$;

comment on function wishlist.forget is
    'notices to addresses; lists and notices of an account go with it';
