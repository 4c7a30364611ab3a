drop function if exists identity.outside_bearer(bigint, text, text, text,
    text, boolean, text, boolean, boolean, inet, text);

create or replace function identity.outside_bearer(store bigint,
        provider text, issuer text, subject text, email text,
        verified boolean, name text, strong boolean, make boolean,
        address inet, request text, session text)
    returns setof identity.opened
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    who record;
    opened identity.opened;
begin
    if identity.outside_ended(issuer, 'session', session) then
        return next identity.no_session('session_ended',
            'The session of the token has ended.');
        return;
    end if;

    select * into who
    from identity.outside_account(store, provider, issuer, subject, email,
        verified, name, make, address, request);

    if who.code is not null then
        return next identity.no_session(who.code, who.detail);
        return;
    end if;

    if exists (select from identity.account a
               where a.id = who.account and a.blocked_at is not null)
    then
        return next identity.no_session('blocked', 'This account is blocked.');
        return;
    end if;

    if not strong and (identity.has_totp(who.account)
                       or identity.wants_mfa(who.account))
    then
        return next identity.no_session('mfa_required',
            'This account asks for a second factor.');
        return;
    end if;

    -- not with every token
    update identity.linked l
    set used_at = now()
    where l.issuer = issuer and l.subject = subject
    and l.used_at < now() - interval '1 hour';

    opened.user_id := who.account;
    opened.store_id := store;
    opened.strong := strong;
    opened.roles := array_to_string(identity.roles_of(who.account), ' ');
    return next opened;
end
$$;

comment on function identity.outside_bearer is
    'whom a good bearer token of an outside issuer speaks for: asked once a'
    ' token, and again after the account''s tokens were revoked';
