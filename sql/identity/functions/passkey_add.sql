create or replace function identity.passkey_add(account uuid,
        session uuid, challenge bytea, expires timestamptz, rp text,
        credential jsonb, called text, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    most constant integer := 20;
    made identity.passkey;
begin
    -- the account's row is the lock of its passkeys
    perform from identity.account a where a.id = account for no key update;

    if not identity.spend_challenge(challenge, expires) then
        perform api.fail('ID422', 'has expired or was used before',
                         '/credential');
    end if;

    if (select count(*) from identity.passkey p where p.user_id = account)
       >= most
    then
        perform api.fail('ZZ409', 'This account has as many passkeys as it'
            ' may.');
    end if;

    insert into identity.passkey as p (user_id, rp_id, credential_id,
        public_key, algorithm, sign_count, name, aaguid, transports,
        backup_eligible, backed_up)
    values (account, rp, decode(credential ->> 'id', 'hex'),
        decode(credential ->> 'key', 'hex'),
        (credential ->> 'algorithm')::integer,
        (credential ->> 'count')::bigint,
        coalesce(called, 'Passkey'),
        nullif(credential ->> 'aaguid', repeat('0', 32))::uuid,
        array(select jsonb_array_elements_text(credential -> 'transports')),
        (credential ->> 'backup_eligible')::boolean,
        (credential ->> 'backed_up')::boolean)
    on conflict (credential_id) do nothing
    returning p.* into made;

    if made.id is null then
        perform api.fail('ZZ409', 'This passkey is registered already.');
    end if;

    update identity.session s set strong = true
    where s.id = session and s.user_id = account
    and (credential ->> 'verified')::boolean;

    perform identity.mfa_changed(account, 'user.passkey_added',
        'passkey:' || made.id, jsonb_build_object('name', made.name),
        address, request);

    return row(201, identity.passkey_body(made)::text, made.version::text,
               '/users/me/passkeys/' || made.id, null, null)::api.answer;
end
$$;

comment on function identity.passkey_add is
    'POST /users/me/passkeys: a credential that the gateway has verified; if'
    ' it verified its user the session is as good from here on as if it had'
    ' been opened with it';
