create or replace function identity.credentials(email text)
    returns table (user_id text, password_hash text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select a.id::text, a.password_hash
    from identity.account a
    where a.email = lower(credentials.email)
    and a.password_hash is not null and a.blocked_at is null
$$;

comment on function identity.credentials is
    'what a sign-in by password is checked against; no row: no such'
    ' account, or a blocked one';
