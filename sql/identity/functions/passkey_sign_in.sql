create or replace function identity.passkey_sign_in(store bigint,
        passkey uuid, challenge bytea, expires timestamptz, counter bigint,
        verified boolean, backed boolean, refresh_hash bytea,
        access_ttl integer, refresh_ttl integer, agent text, address inet,
        request text)
    returns setof identity.opened
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    held identity.passkey;
    opened identity.opened;
begin
    perform from identity.account a
    where a.id = (select p.user_id from identity.passkey p
                  where p.id = passkey)
    for no key update;

    select p.* into held from identity.passkey p
    join identity.account a on a.id = p.user_id
    where p.id = passkey and a.blocked_at is null
    for no key update of p;

    if not found or not identity.spend_challenge(challenge, expires) then
        return next identity.no_session('invalid_credentials',
            'This passkey cannot sign in; try again.');
        return;
    end if;

    -- a counter that does not grow: there may be a copy of the authenticator
    if counter <= held.sign_count and (counter > 0 or held.sign_count > 0) then
        perform ops.record(store, null, 'passkey.copied',
            'passkey:' || held.id, null,
            jsonb_build_object('user', held.user_id), address, request);
        return next identity.no_session('invalid_credentials',
            'This passkey may have been copied; sign in in another way.');
        return;
    end if;

    update identity.passkey p
    set sign_count = counter, backed_up = backed, used_at = now()
    where p.id = passkey;

    opened := identity.open_session(store, held.user_id, refresh_hash,
        access_ttl, refresh_ttl, agent, address, verified);

    if opened.code is null then
        perform ops.record(store, held.user_id, 'session.opened',
            'user:' || held.user_id, null,
            jsonb_build_object('passkey', held.id), address, request);
    end if;

    return next opened;
end
$$;

comment on function identity.passkey_sign_in is
    'POST /auth/passkey, after the gateway found the signature right; with'
    ' its user verified a passkey is both factors.  Refusals are data: the'
    ' challenge is used up';
