create or replace function identity.user_show(account uuid)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select b.body::text, a.version || '.' || (b.body ->> 'sessions')
    from identity.account a
    cross join lateral identity.account_body(a.id) as b (body)
    where a.id = account
$$;

comment on function identity.user_show is 'GET /users/{id}';
