create or replace function identity.remove_role(store bigint, actor uuid,
        scope text, name text, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    old identity.role;
begin
    select r.* into old from identity.role r
    where r.name = name
    for update;
    if not found then
        perform api.fail('ID404', 'There is no such role.');
    end if;
    if old.built_in then
        perform api.fail('ZZ409', 'This role is built in.');
    end if;
    perform identity.check_held(actor, scope, old.permissions);

    if exists (select from identity.account_role a where a.role = name)
       or exists (select from identity.invitation i
                  where name = any (i.roles) and i.accepted_at is null
                  and i.revoked_at is null and i.expires_at > now())
    then
        perform api.fail('IW409', 'Accounts or invitations have this role.');
    end if;

    delete from identity.role r where r.name = name;

    perform ops.record(store, actor, 'role.removed', 'role:' || name,
        jsonb_build_object('permissions', old.permissions), null, address,
        request);

    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.remove_role is
    'DELETE /roles/{name}, when nobody has it';
