create or replace function identity.passkey_remove(account uuid,
        session uuid, passkey uuid, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    gone identity.passkey;
begin
    -- the account's row is the lock of its passkeys
    perform from identity.account a where a.id = account for no key update;

    select p.* into gone from identity.passkey p
    where p.id = passkey and p.user_id = account;
    if not found then
        perform api.fail('ID404', 'There is no such passkey.');
    end if;

    perform identity.must_be_recent(account, session);

    if identity.ways_in(account) < 2 then
        perform api.fail('IL409', 'This is the last way to sign in; add'
            ' another one first.');
    end if;

    if identity.wants_mfa(account) and not identity.has_totp(account)
       and not exists (select from identity.passkey p
                       where p.user_id = account and p.id <> passkey)
    then
        perform api.fail('IM409', 'Your role asks for a second factor: set up'
            ' an authenticator, or add another passkey first.');
    end if;

    delete from identity.passkey p where p.id = passkey;

    perform identity.mfa_changed(account, 'user.passkey_removed',
        'passkey:' || gone.id, jsonb_build_object('name', gone.name),
        address, request);

    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.passkey_remove is
    'DELETE /users/me/passkeys/{id}, after a recent sign-in; never the last'
    ' way to sign in';
