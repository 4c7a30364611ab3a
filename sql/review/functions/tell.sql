create or replace function review.tell(r review.review, type text)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select ops.emit('shop.catalog', 'review:' || r.id, r.version,
        tell.type, r.store_id, jsonb_build_object('review_id', r.id::text,
            'product_id', r.product_id::text, 'rating', r.rating,
            'status', r.status))
$$;

comment on function review.tell is
    'an event of a review whose row is locked; it does not say who wrote it';
