create or replace function review.etag(r review.review)
    returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select r.version || '.' || to_hex(hashint8(
        (r.helpful::bigint << 32) + (r.unhelpful::bigint << 8) + r.reports))
$$;

comment on function review.etag is
    'version, and a hash of what moves without it: votes and reports';
