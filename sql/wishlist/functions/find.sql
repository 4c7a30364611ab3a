create or replace function wishlist.find(store bigint, actor uuid, ref text)
    returns wishlist.list
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    l wishlist.list;
begin
    if ref in ('default', 'saved') then
        select w.* into l from wishlist.list w
            where w.user_id = actor and w.store_id = store and w.role = ref;
    elsif ref ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
        select w.* into l from wishlist.list w
            where w.id = ref::uuid and w.user_id = actor
            and w.store_id = store;
    end if;
    return l;
end
$$;

comment on function wishlist.find is
    'a list of one''s own by id or role, or null';
