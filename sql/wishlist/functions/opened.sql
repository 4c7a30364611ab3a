create or replace function wishlist.opened(store bigint, actor uuid, ref text)
    returns wishlist.list
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    l wishlist.list;
begin
    -- made when it is first used; another request may be doing the same
    if ref in ('default', 'saved') then
        insert into wishlist.list (store_id, user_id, role, name)
            values (store, actor, ref, case ref when 'default'
                then 'Wishlist' else 'Saved for later' end)
            on conflict do nothing;
    end if;
    l := wishlist.find(store, actor, ref);
    select w.* into l from wishlist.list w where w.id = l.id
        for no key update;
    if not found then
        perform api.fail('WL404', 'There is no such wishlist.');
    end if;
    return l;
end
$$;

comment on function wishlist.opened is
    'a list of one''s own for its change, locked';
