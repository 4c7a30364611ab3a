create or replace function identity.change_role(store bigint, actor uuid,
        scope text, name text, document jsonb, version text, address inet,
        request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    old identity.role;
    new identity.role;
    body text;
    etag text;
begin
    select r.* into old from identity.role r
    where r.name = name
    for no key update;
    if not found then
        perform api.fail('ID404', 'There is no such role.');
    end if;
    if version is not null and version <> old.version::text then
        perform api.fail('ZZ412', 'The role was changed meanwhile.');
    end if;

    new := jsonb_populate_record(old, document);

    if document ? 'permissions' then
        if old.name = 'admin' then
            perform api.fail('ID403',
                'Administrators may do everything, always.');
        end if;
        new.permissions := identity.check_permissions(new.permissions);
        perform identity.check_held(actor, scope,
                                    old.permissions || new.permissions);
    end if;

    if new.mfa_required is distinct from old.mfa_required then
        perform identity.check_held(actor, scope, old.permissions);
    end if;

    if new is distinct from old then
        update identity.role r
        set description = new.description, permissions = new.permissions,
            mfa_required = new.mfa_required, version = old.version + 1, updated_at = now()
        where r.name = name
        returning r.* into new;

        perform ops.record(store, actor, 'role.changed', 'role:' || name,
            jsonb_build_object('permissions', old.permissions,
                               'mfa_required', old.mfa_required),
            jsonb_build_object('permissions', new.permissions,
                               'mfa_required', new.mfa_required),
            address, request);
    end if;

    select b.body, b.etag into body, etag from identity.role_show(name) as b;
    return row(200, body, etag, null, null, null)::api.answer;
end
$$;

comment on function identity.change_role is
    'PATCH /roles/{name}; who changes permissions holds those it had and those'
    ' it gets';
