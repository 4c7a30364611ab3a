create or replace function identity.put_mail_token(purpose text, subject uuid,
        email text, hash bytea)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into identity.mail_token (hash, purpose, subject, email, expires_at)
    values (hash, purpose, subject, lower(email),
            now() + case purpose when 'reset_password' then interval '1 hour'
                                 when 'change_email' then interval '1 day'
                                 when 'verify_email' then interval '3 days'
                                 else interval '7 days' end)
$$;

comment on function identity.put_mail_token is
    'lets the token of a mail count until it expires';
