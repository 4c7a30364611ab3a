create or replace function identity.mfa_look(ticket bytea)
    returns table (user_id text, secret text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select a.user_id::text, encode(t.secret, 'hex')
    from identity.mfa_ticket a
    join identity.totp t on t.user_id = a.user_id
    where a.hash = ticket and a.expires_at > now()
    and t.confirmed_at is not null
$$;

comment on function identity.mfa_look is
    'what a code is checked against that completes a sign-in; no row: its'
    ' mfa_token is no good';
