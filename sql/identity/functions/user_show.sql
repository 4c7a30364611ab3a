create or replace function identity.user_show(account uuid)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select identity.account_body(a.id)::text, a.version::text
    from identity.account a
    where a.id = account
$$;

comment on function identity.user_show is 'GET /users/{id}';
