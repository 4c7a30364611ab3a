create or replace function identity.refresh(hash bytea, next_hash bytea,
        strict boolean, access_ttl integer, refresh_ttl integer,
        address inet, request text)
    returns setof identity.opened
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    grace constant interval := '30 seconds';
    token identity.refresh;
    held identity.session;
    opened identity.opened;
begin
    select r.* into token from identity.refresh r where r.hash = hash;

    -- the session's row is the lock of the family: then read again
    select s.* into held from identity.session s
    where s.id = token.session_id
    for no key update;
    if not found then
        return next identity.no_session('unauthenticated',
            'This refresh token is not known.');
        return;
    end if;

    select r.* into token from identity.refresh r where r.hash = hash;

    if token.used_at is not null
       and (strict or held.ended_at is not null
            or token.used_at < clock_timestamp() - grace
            or not exists (select from identity.refresh r
                           where r.hash = next_hash
                           and r.session_id = held.id
                           and r.used_at is null))
    then
        if identity.end_session(held.id, 'reuse') is not null then
            perform ops.record(held.store_id, held.user_id, 'session.reused',
                               'session:' || held.id, null, null, address,
                               request);
        end if;
        return next identity.no_session('refresh_reused',
            'This refresh token was used before; its session has ended.');
        return;
    end if;

    if held.ended_at is not null or token.expires_at <= clock_timestamp()
       or not exists (select from identity.account a
                      where a.id = held.user_id and a.blocked_at is null)
    then
        return next identity.no_session('unauthenticated',
            'This session has ended.');
        return;
    end if;

    perform identity.exchange(token, next_hash, access_ttl, refresh_ttl);

    opened.user_id := held.user_id;
    opened.session_id := held.id;
    opened.store_id := held.store_id;
    opened.strong := held.strong;
    opened.roles := array_to_string(identity.roles_of(held.user_id), ' ');
    opened.body := identity.user_body(held.user_id)::text;
    return next opened;
end
$$;

comment on function identity.refresh is
    'exchanges a refresh token for its successor.  Unless strict, for 30 s and'
    ' until the successor is used, the same successor comes again; any other'
    ' second use ends the session.  Refusals are data: they must commit';
