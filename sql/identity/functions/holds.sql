create or replace function identity.holds(account uuid, permission text)
    returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from identity.account a
        join identity.account_role ar on ar.user_id = a.id
        join identity.role r on r.name = ar.role
        cross join unnest(r.permissions) as held
        where a.id = account and a.blocked_at is null
        and (held = permission
             or right(held, 1) = '*'
                and starts_with(permission, left(held, -1))))
$$;

comment on function identity.holds is
    'whether a role of the account has the permission: by name, by "*" or by'
    ' a family such as "catalog:*"';
