create or replace function identity.has_totp(account uuid)
    returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select exists (select from identity.totp t
                   where t.user_id = account and t.confirmed_at is not null)
$$;

comment on function identity.has_totp is
    'whether an authenticator''s codes are asked of an account';
