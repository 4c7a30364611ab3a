create or replace function wishlist.personal(account uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'wishlists', (select coalesce(jsonb_agg(wishlist.body(l)
                || jsonb_build_object('items', (
                    select coalesce(jsonb_agg(jsonb_build_object(
                        'product_id', i.product_id::text,
                        'variant_id', i.variant_id::text,
                        'quantity', i.quantity, 'note', i.note,
                        'added_at', api.time(i.added_at))
                        order by i.id), '[]')
                    from wishlist.item i where i.list_id = l.id))
                order by l.created_at, l.id), '[]')
            from wishlist.list l where l.user_id = account),
        'stock_notices', (select coalesce(jsonb_agg(wishlist.notice_body(n)
                order by n.created_at, n.id), '[]')
            from wishlist.notice n
            where n.user_id = account
            or n.email = (select a.email from identity.account a
                          where a.id = account)))
$$;

comment on function wishlist.personal is
    'what an account wants later, with addresses that wait for it';
