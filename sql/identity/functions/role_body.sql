create or replace function identity.role_body(role identity.role)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'name', role.name,
        'description', role.description,
        'permissions', to_jsonb(role.permissions),
        'mfa_required', role.mfa_required,
        'built_in', role.built_in,
        'members', (select count(*) from identity.account_role a
                    where a.role = role_body.role.name),
        'created_at', api.time(role.created_at),
        'updated_at', api.time(role.updated_at))
$$;

comment on function identity.role_body is 'a role as the API shows it';
