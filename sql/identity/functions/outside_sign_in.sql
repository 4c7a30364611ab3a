create or replace function identity.outside_sign_in(store bigint,
        provider text, issuer text, subject text, email text,
        verified boolean, name text, strong boolean, refresh_hash bytea,
        access_ttl integer, refresh_ttl integer, agent text, address inet,
        request text)
    returns setof identity.opened
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    who record;
    blocked timestamptz;
    opened identity.opened;
begin
    select * into who
    from identity.outside_account(store, provider, issuer, subject, email,
        verified, name, true, address, request);

    if who.code is not null then
        return next identity.no_session(who.code, who.detail);
        return;
    end if;

    select a.blocked_at into blocked
    from identity.account a
    where a.id = who.account
    for no key update;

    if blocked is not null then
        return next identity.no_session('blocked', 'This account is blocked.');
        return;
    end if;

    update identity.linked l
    set used_at = now()
    where l.issuer = issuer and l.subject = subject;

    opened := identity.open_session(store, who.account, refresh_hash,
        access_ttl, refresh_ttl, agent, address, strong);

    perform ops.record(store, who.account,
        case when opened.code is null then 'session.opened'
             else 'session.half_opened' end,
        'user:' || who.account, null,
        jsonb_build_object('provider', provider), address, request);

    return next opened;
end
$$;

comment on function identity.outside_sign_in is
    'GET /auth/oidc/{provider}/callback, after the gateway found the id_token'
    ' good: a session, or the demand of a second factor unless strong (the'
    ' provider''s word for two factors counts)';
