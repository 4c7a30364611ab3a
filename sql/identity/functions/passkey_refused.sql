create or replace function identity.passkey_refused(store bigint,
        passkey uuid, address inet, request text)
    returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    select ops.record(store, null, 'session.refused',
        coalesce('passkey:' || passkey, 'passkey:unknown'), null, null,
        address, request)
$$;

comment on function identity.passkey_refused is
    'the audit row of a passkey that is not known or whose signature is wrong';
