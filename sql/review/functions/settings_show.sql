create or replace function review.settings_show(store bigint)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select review.settings_body(s), s.version::text
    from review.settings(store) as s
$$;

comment on function review.settings_show is 'GET /reviews/settings';
