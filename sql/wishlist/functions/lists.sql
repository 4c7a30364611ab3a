create or replace function wishlist.lists(store bigint, actor uuid)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select json_build_object('items', coalesce(json_agg(wishlist.body(l)
        order by l.role nulls last, l.created_at desc, l.id), '[]'),
        'next_cursor', null)::text
    from wishlist.list l
    where l.user_id = actor and l.store_id = store
$$;

comment on function wishlist.lists is
    'GET /wishlists: all of an account in this store; there are at most 50';
