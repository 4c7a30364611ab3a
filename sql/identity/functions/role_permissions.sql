create or replace function identity.role_permissions()
    returns jsonb
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_object_agg(r.name, to_jsonb(r.permissions)), '{}')
    from identity.role r
$$;

comment on function identity.role_permissions is
    'every role with its permissions, for the state of a node';
