create or replace function identity.mfa_sign_in(ticket bytea, checked bytea,
        step bigint, recovery_hash bytea, resealed bytea, refresh_hash bytea,
        access_ttl integer, refresh_ttl integer, agent text, address inet,
        request text)
    returns setof identity.opened
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    held identity.mfa_ticket;
    outcome record;
    opened identity.opened;
begin
    -- the account first: a change of its password waits or is seen
    perform from identity.account a
    where a.id = (select t.user_id from identity.mfa_ticket t
                  where t.hash = ticket)
    and a.blocked_at is null
    for no key update;

    select t.* into held from identity.mfa_ticket t
    where t.hash = ticket and t.expires_at > now()
    and t.password = identity.password_print(t.user_id)
    and exists (select from identity.account a
                where a.id = t.user_id and a.blocked_at is null)
    for update;

    if not found then
        return next identity.no_session('invalid_mfa_token',
            'This sign-in has expired or was completed; sign in again.');
        return;
    end if;

    select * into outcome
    from identity.spend_code(held.user_id, checked, step, recovery_hash,
                             resealed);

    if outcome.code is not null then
        return next identity.mfa_refused(held, outcome.code, outcome.detail,
            outcome.retry_after, address, request);
        return;
    end if;

    delete from identity.mfa_ticket t where t.hash = ticket;

    perform ops.record(held.store_id, held.user_id, 'session.opened',
        'user:' || held.user_id, null,
        jsonb_build_object('second_factor',
            case when recovery_hash is null then 'totp' else 'recovery_code'
            end),
        address, request);

    opened := identity.open_session(held.store_id, held.user_id,
        refresh_hash, access_ttl, refresh_ttl, agent, address, true);
    return next opened;
end
$$;

comment on function identity.mfa_sign_in is
    'POST /auth/mfa: a session for a sign-in that waited for its second'
    ' factor.  Refusals are data: they must commit';
