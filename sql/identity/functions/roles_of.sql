create or replace function identity.roles_of(account uuid)
    returns text[]
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(a.role order by a.role), '{}')
    from identity.account_role a
    where a.user_id = account
$$;

comment on function identity.roles_of is 'names of the roles of an account';
