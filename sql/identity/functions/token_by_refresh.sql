create or replace function identity.token_by_refresh(asking identity.client,
        params jsonb, refresh_hash bytea, next_hash bytea, access_ttl integer,
        refresh_ttl integer, address inet, request text)
    returns identity.issued
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    token identity.client_refresh;
    session identity.client_session;
    account uuid;
    wanted text[];
    issued identity.issued;
begin
    if not params ? 'refresh_token' then
        return identity.not_issued('invalid_request',
                                   'refresh_token is missing');
    end if;

    select r.* into token from identity.client_refresh r
    where r.hash = refresh_hash;

    -- the session's row is the lock of its tokens: then read again
    select s.* into session from identity.client_session s
    where s.id = token.session_id
    for no key update;
    select r.* into token from identity.client_refresh r
    where r.hash = refresh_hash;
    select g.user_id into account from identity.client_grant g
    where g.id = session.grant_id;

    if session.client_id is distinct from asking.id then
        return identity.not_issued('invalid_grant',
                                   'this refresh token is not known');
    end if;
    if token.used_at is not null then
        return identity.reused(session.id, account,
            'this refresh token was used before', address, request);
    end if;
    if session.ended_at is not null or token.expires_at <= clock_timestamp()
       or not exists (select from identity.account a
                      where a.id = account and a.blocked_at is null)
    then
        return identity.not_issued('invalid_grant',
                                   'this refresh token counts no more');
    end if;

    wanted := case when params ? 'scope'
                   then identity.scopes_of(params ->> 'scope')
                   else session.scopes end;
    if wanted = '{}' or not wanted <@ session.scopes then
        return identity.not_issued('invalid_scope',
                                   'that is more than was granted');
    end if;

    update identity.client_refresh r
    set used_at = clock_timestamp()
    where r.hash = refresh_hash and r.used_at is null;

    perform identity.put_refresh(session.id, next_hash, refresh_ttl);

    update identity.client_session s
    set access_until = greatest(s.access_until,
                                now() + make_interval(secs => access_ttl))
    where s.id = session.id;
    update identity.client_grant g
    set used_at = now()
    where g.id = session.grant_id;

    issued := identity.issue(asking, session, account, wanted);
    issued.refreshable := true;
    return issued;
end
$$;

comment on function identity.token_by_refresh is
    'exchanges a refresh token of the client for its successor, strictly: its'
    ' second use ends the session; the scope may shrink, for this token only';
