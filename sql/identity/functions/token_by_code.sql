create or replace function identity.token_by_code(asking identity.client,
        params jsonb, code_hash bytea, challenge text, next_hash bytea,
        access_ttl integer, refresh_ttl integer, address inet, request text)
    returns identity.issued
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    code identity.client_code;
    given identity.client_grant;
    session identity.client_session;
    issued identity.issued;
begin
    if not params ? 'redirect_uri' or code_hash is null then
        return identity.not_issued('invalid_request',
                                   'code and redirect_uri are needed');
    end if;

    select c.* into code from identity.client_code c
    where c.hash = code_hash
    for no key update;
    select g.* into given from identity.client_grant g
    where g.id = code.grant_id;

    if given.client_id is distinct from asking.id then
        return identity.not_issued('invalid_grant', 'this code is not known');
    end if;
    if code.used_at is not null then
        return identity.reused(code.session_id, given.user_id,
            'this code was used before', address, request);
    end if;
    if code.expires_at <= clock_timestamp()
       or code.redirect_uri <> params ->> 'redirect_uri'
       or code.challenge is distinct from challenge
       or not exists (select from identity.account a
                      where a.id = given.user_id and a.blocked_at is null)
    then
        return identity.not_issued('invalid_grant', 'this code is not good'
            ' here: it is too old, or not of this redirect_uri and'
            ' code_verifier');
    end if;

    insert into identity.client_session as s (client_id, grant_id, store_id,
        scopes, expires_at, access_until)
    values (asking.id, given.id, code.store_id, code.scopes,
        now() + make_interval(secs => access_ttl),
        now() + make_interval(secs => access_ttl))
    returning s.* into session;

    update identity.client_code c
    set used_at = clock_timestamp(), session_id = session.id
    where c.hash = code_hash;

    issued := identity.issue(asking, session, given.user_id, code.scopes);

    if 'refresh_token' = any (asking.grant_types) then
        perform identity.put_refresh(session.id, next_hash, refresh_ttl);
        issued.refreshable := true;
    end if;
    if 'openid' = any (code.scopes) then
        issued.nonce := code.nonce;
        issued.auth_time := extract(epoch from code.auth_time)::bigint;
    end if;

    return issued;
end
$$;

comment on function identity.token_by_code is
    'a code becomes tokens once, for its client, its redirect_uri and the'
    ' verifier of its challenge; a second use ends what the first gave';
