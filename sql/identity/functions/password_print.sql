create or replace function identity.password_print(account uuid)
    returns bytea
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select sha256(convert_to(coalesce(a.password_hash, ''), 'UTF8'))
    from identity.account a
    where a.id = account
$$;

comment on function identity.password_print is
    'changes with the password: what was begun with another one is worthless';
