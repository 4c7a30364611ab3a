create or replace function identity.add_role(store bigint, actor uuid,
        scope text, document jsonb, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    wanted constant identity.role :=
        jsonb_populate_record(null::identity.role, document);
    made identity.role;
begin
    if wanted.name !~ '^[a-z0-9_-]{1,32}$' then
        perform api.fail('ID422',
            'must be 1 to 32 of the characters a-z, 0-9, "-" and "_"',
            '/name');
    end if;
    perform identity.check_held(actor, scope,
        identity.check_permissions(wanted.permissions));

    insert into identity.role (name, description, permissions, mfa_required)
    values (wanted.name, coalesce(wanted.description, ''),
            identity.check_permissions(wanted.permissions),
            coalesce(wanted.mfa_required, false))
    on conflict do nothing
    returning * into made;
    if not found then
        perform api.fail('IX409', 'There is a role of this name.');
    end if;

    perform ops.record(store, actor, 'role.added', 'role:' || made.name, null,
        jsonb_build_object('permissions', made.permissions), address, request);

    return row(201, identity.role_body(made)::text, made.version || '.0',
               '/roles/' || made.name, null, null)::api.answer;
end
$$;

comment on function identity.add_role is
    'POST /roles: of permissions that one holds';
