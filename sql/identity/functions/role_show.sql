create or replace function identity.role_show(name text)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select identity.role_body(r)::text, r.version::text
    from identity.role r
    where r.name = role_show.name
$$;

comment on function identity.role_show is 'GET /roles/{name}';
