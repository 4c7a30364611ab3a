create or replace function identity.userinfo(account uuid, scope text)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select (jsonb_build_object('sub', a.id)
        || case when 'profile' = any (s.words) then jsonb_build_object(
               'name', a.name,
               'locale', a.locale,
               'updated_at', extract(epoch from a.updated_at)::bigint)
           else '{}' end
        || case when 'email' = any (s.words) then jsonb_build_object(
               'email', a.email,
               'email_verified', a.email_verified_at is not null)
           else '{}' end)::text
    from identity.account a
    cross join (select identity.scopes_of(scope)) as s (words)
    where a.id = account
$$;

comment on function identity.userinfo is
    'GET /oauth/userinfo: claims of OpenID by scope';
