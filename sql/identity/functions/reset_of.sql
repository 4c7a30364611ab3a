create or replace function identity.reset_of(token_hash bytea)
    returns table (email text, name text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select a.email, a.name
    from identity.mail_token t
    join identity.account a on a.id = t.subject
    where t.hash = token_hash and t.purpose = 'reset_password'
    and t.expires_at > now()
$$;

comment on function identity.reset_of is
    'whose password a token of a mail resets; no row: none';
