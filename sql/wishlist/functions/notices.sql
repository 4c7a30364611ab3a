create or replace function wishlist.notices(store bigint, actor uuid)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select json_build_object('items', coalesce(json_agg(
        wishlist.notice_body(n) order by n.created_at desc, n.id), '[]'),
        'next_cursor', null)::text
    from wishlist.notice n
    where n.user_id = actor and n.store_id = store
$$;

comment on function wishlist.notices is
    'GET /stock-notices: what an account waits for; at most 100';
