create or replace function identity.me(account uuid)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select identity.user_body(a.id)::text, a.version::text
    from identity.account a
    where a.id = account
$$;

comment on function identity.me is 'GET /users/me';
