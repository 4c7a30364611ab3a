create or replace function identity.mfa_roles()
    returns jsonb
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(r.name order by r.name), '[]')
    from identity.role r
    where r.mfa_required
$$;

comment on function identity.mfa_roles is
    'roles that ask for a second factor, for the state of a node';
