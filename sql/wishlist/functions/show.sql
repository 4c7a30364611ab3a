create or replace function wishlist.show(store bigint, actor uuid, ref text)
    returns table (body text, etag text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    l wishlist.list := wishlist.find(store, actor, ref);
begin
    if l.id is null then
        perform api.fail('WL404', 'There is no such wishlist.');
    end if;
    return query select wishlist.body(l)::text, l.version::text;
end
$$;

comment on function wishlist.show is 'GET /wishlists/{id}';
