create or replace function wishlist.shared(store bigint, share uuid)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select json_build_object('name', l.name, 'note', l.note,
        'owner', identity.shown_name(a.name),
        'count', (select count(*) from wishlist.item i
                  where i.list_id = l.id),
        'updated_at', api.time(l.updated_at))::text
    from wishlist.list l
    join identity.account a on a.id = l.user_id
    where l.share_id = share and l.store_id = store
$$;

comment on function wishlist.shared is
    'GET /wishlists/shared/{share}: a list for whoever has its link';
