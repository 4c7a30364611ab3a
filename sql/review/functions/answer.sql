create or replace function review.answer(r review.review, reader text,
                                         status int)
    returns api.answer
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select row(status, review.body(r, reader)::text, review.etag(r),
        case when status = 201 then '/api/v1/reviews/' || r.id end,
        format('reviews:%s product:%s catalog:%s', r.product_id, r.product_id,
               r.store_id), null)::api.answer
$$;

comment on function review.answer is 'the answer of a write';
