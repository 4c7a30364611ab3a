create or replace function wishlist.notice_body(n wishlist.notice)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'product_id', n.product_id::text,
        'variant_id', n.variant_id::text,
        'email', n.email,
        'created_at', api.time(n.created_at))
    || case when n.user_id is null then '{}'
            else jsonb_build_object('id', n.id) end
$$;

comment on function wishlist.notice_body is
    'who is told of what; a guest''s has no id, for it may be another''s who'
    ' knows the address';
