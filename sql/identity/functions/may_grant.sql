create or replace function identity.may_grant(account uuid, scopes text[])
    returns text[]
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(s.name order by s.name), '{}')
    from identity.scope s
    where s.name = any (scopes)
    and (s.customer or identity.holds(account, s.name))
$$;

comment on function identity.may_grant is
    'those of the scopes that the account can let an app have: what is its'
    ' own, and permissions that it holds';
