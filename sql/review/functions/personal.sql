create or replace function review.personal(account uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('reviews', coalesce(
        jsonb_agg(jsonb_build_object('id', r.id::text,
            'product_id', r.product_id::text, 'author', r.author,
            'rating', r.rating, 'title', r.title, 'body', r.body,
            'status', r.status, 'created_at', api.time(r.created_at))
            order by r.id), '[]'))
    from review.review r
    where r.user_id = account
$$;

comment on function review.personal is 'the reviews that an account wrote';
