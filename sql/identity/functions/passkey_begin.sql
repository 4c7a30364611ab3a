create or replace function identity.passkey_begin(store bigint, account uuid,
        session uuid, rp text, challenge text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    most constant integer := 20;
    options jsonb;
begin
    perform identity.must_be_recent(account, session);

    if (select count(*) from identity.passkey p where p.user_id = account)
       >= most
    then
        perform api.fail('ZZ409', 'This account has as many passkeys as it'
            ' may.');
    end if;

    select jsonb_build_object(
        'rp', jsonb_build_object('id', rp, 'name', s.name),
        'user', jsonb_build_object(
            'id', identity.base64url(uuid_send(a.id)),
            'name', a.email,
            'displayName', a.name),
        'challenge', challenge,
        'pubKeyCredParams', '[{"type": "public-key", "alg": -8},
                              {"type": "public-key", "alg": -7},
                              {"type": "public-key", "alg": -257}]'::jsonb,
        'timeout', 300000,
        'excludeCredentials', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'type', 'public-key',
                'id', identity.base64url(p.credential_id),
                'transports', to_jsonb(p.transports))), '[]')
            from identity.passkey p
            where p.user_id = account and p.rp_id = rp),
        'authenticatorSelection', '{"residentKey": "required",
            "requireResidentKey": true,
            "userVerification": "preferred"}'::jsonb,
        'attestation', 'none',
        'extensions', '{"credProps": true}'::jsonb) into options
    from identity.account a, store.store s
    where a.id = account and s.id = store;

    return row(200, jsonb_build_object('options', options)::text, null, null,
               null, null)::api.answer;
end
$$;

comment on function identity.passkey_begin is
    'POST /users/me/passkeys/options: PublicKeyCredentialCreationOptionsJSON'
    ' with the gateway''s challenge';
