create or replace function identity.user_body(account uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', a.id,
        'email', a.email,
        'name', a.name,
        'phone', a.phone,
        'locale', a.locale,
        'roles', to_jsonb(identity.roles_of(a.id)),
        'email_verified', a.email_verified_at is not null,
        'created_at', api.time(a.created_at))
    from identity.account a
    where a.id = account
$$;

comment on function identity.user_body is 'an account as the API shows it';
