create or replace function identity.passkey_rename(account uuid, passkey uuid,
        called text, version text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    held identity.passkey;
begin
    select p.* into held from identity.passkey p
    where p.id = passkey and p.user_id = account
    for no key update;
    if not found then
        perform api.fail('ID404', 'There is no such passkey.');
    end if;
    if version is not null and version <> held.version::text then
        perform api.fail('ZZ412', 'The passkey was changed meanwhile.');
    end if;

    update identity.passkey p
    set name = called, version = p.version + 1
    where p.id = passkey
    returning p.* into held;

    return row(200, identity.passkey_body(held)::text, held.version::text,
               null, null, null)::api.answer;
end
$$;

comment on function identity.passkey_rename is
    'PATCH /users/me/passkeys/{id}';
