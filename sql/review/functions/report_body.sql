create or replace function review.report_body(t review.report)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('id', t.id::text,
        'review_id', t.review_id::text, 'reason', t.reason,
        'comment', t.comment, 'created_at', api.time(t.created_at),
        'resolved_at', api.time(t.resolved_at))
$$;

comment on function review.report_body is 'a complaint about a review';
