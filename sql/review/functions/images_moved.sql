create or replace function review.images_moved(key text)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select ops.notify_drop((
        select string_agg(distinct 'reviews:' || r.product_id, ' ')
        from media.asset a
        join review.review r on 'review:' || r.id = a.subject
        where a.key = images_moved.key and a.subject like 'review:%'))
$$;

comment on function review.images_moved is
    'a picture is ready, or never will be: lists of reviews that show it are'
    ' dropped';
