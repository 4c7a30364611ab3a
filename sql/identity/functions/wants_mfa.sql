create or replace function identity.wants_mfa(account uuid)
    returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select exists (select from identity.account_role a
                   join identity.role r on r.name = a.role
                   where a.user_id = account and r.mfa_required)
$$;

comment on function identity.wants_mfa is
    'whether one of the account''s roles asks for a second factor';
