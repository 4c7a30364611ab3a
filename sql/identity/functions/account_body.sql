create or replace function identity.account_body(account uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select identity.user_body(a.id) || jsonb_build_object(
        'blocked', a.blocked_at is not null,
        'sessions', (select count(*) from identity.session s
                     where s.user_id = a.id and s.ended_at is null
                     and s.expires_at > now()))
    from identity.account a
    where a.id = account
$$;

comment on function identity.account_body is
    'an account as administrators see it';
