create or replace function identity.role_show(name text)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select b.body::text, r.version || '.' || (b.body ->> 'members')
    from identity.role r
    cross join lateral identity.role_body(r) as b (body)
    where r.name = role_show.name
$$;

comment on function identity.role_show is 'GET /roles/{name}';
