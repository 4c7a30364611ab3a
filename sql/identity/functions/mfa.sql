create or replace function identity.mfa(account uuid, session uuid)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'totp', identity.has_totp(account),
        'recovery_codes_left', (
            select count(*) from identity.recovery_code r
            where r.user_id = account and r.used_at is null),
        'passkeys', (select count(*) from identity.passkey p
                     where p.user_id = account),
        'required', identity.wants_mfa(account),
        'session_strong', exists (
            select from identity.session s
            where s.id = session and s.strong))::text
$$;

comment on function identity.mfa is
    'GET /users/me/mfa: what an account has beside its password, and whether'
    ' its role asks for it';
