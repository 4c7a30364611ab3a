create or replace function review.show(store bigint, id bigint, actor uuid,
                                       reads boolean, manager boolean)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select review.body(r, v.reader)::text, review.etag(r)
    from review.review r
    cross join review.visible(store, show.id, actor, reads, manager)
        as v (reader)
    where r.id = show.id and v.reader is not null
$$;

comment on function review.show is 'GET /reviews/{id}';
