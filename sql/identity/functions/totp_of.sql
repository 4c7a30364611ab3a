create or replace function identity.totp_of(account uuid)
    returns table (secret text, pending text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select encode(t.secret, 'hex'), encode(t.pending, 'hex')
    from identity.totp t
    where t.user_id = account
$$;

comment on function identity.totp_of is
    'the sealed secrets that a signed-in account''s code is checked against';
