create or replace function wishlist.body(l wishlist.list)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('id', l.id, 'role', l.role, 'name', l.name,
        'note', l.note, 'share_id', l.share_id,
        'count', (select count(*) from wishlist.item i
                  where i.list_id = l.id),
        'created_at', api.time(l.created_at),
        'updated_at', api.time(l.updated_at))
$$;

comment on function wishlist.body is 'a wishlist as its owner sees it';
