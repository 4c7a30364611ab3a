create or replace function review.personal(account uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'reviews', (select coalesce(jsonb_agg(jsonb_build_object(
                'id', r.id::text, 'product_id', r.product_id::text,
                'author', r.author, 'rating', r.rating, 'title', r.title,
                'body', r.body, 'status', r.status,
                'created_at', api.time(r.created_at)) order by r.id), '[]')
            from review.review r where r.user_id = account),
        'review_votes', (select coalesce(jsonb_agg(jsonb_build_object(
                'review_id', v.review_id::text, 'helpful', v.helpful,
                'at', api.time(v.created_at)) order by v.review_id), '[]')
            from review.vote v where v.user_id = account),
        'review_reports', (select coalesce(jsonb_agg(
                review.report_body(t) order by t.id), '[]')
            from review.report t where t.user_id = account))
$$;

comment on function review.personal is
    'what an account wrote about products, and said of others'' reviews';
