create or replace function review.body(r review.review, reader text)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', r.id::text,
        'product_id', r.product_id::text,
        'rating', r.rating,
        'title', r.title,
        'body', r.body,
        'author', r.author,
        'images', media.attached('review:' || r.id),
        'verified', r.verified,
        'helpful', r.helpful,
        'unhelpful', r.unhelpful,
        'reply', case when r.reply is not null then jsonb_build_object(
            'body', r.reply, 'at', api.time(r.reply_at)) end,
        'created_at', api.time(r.created_at),
        'updated_at', api.time(r.updated_at))
    || case when reader = 'public' then '{}' else jsonb_build_object(
        'status', r.status,
        'reason', r.reason,
        'product', (select jsonb_build_object('id', p.id::text,
                        'slug', p.slug, 'name', p.name)
                    from catalog.product p where p.id = r.product_id)) end
    || case when reader <> 'staff' then '{}' else jsonb_build_object(
        'user_id', r.user_id,
        'order_id', r.order_id,
        'reports', r.reports,
        'moderated_by', r.moderated_by,
        'moderated_at', api.time(r.moderated_at)) end
$$;

comment on function review.body is
    'a review as its reader sees it: public, own or staff';
