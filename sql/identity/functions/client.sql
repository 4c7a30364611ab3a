create or replace function identity.client(id uuid)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select identity.client_body(c)::text, c.version::text
    from identity.client c
    where c.id = client.id
$$;

comment on function identity.client is 'GET /oauth-clients/{id}';
