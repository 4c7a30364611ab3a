create or replace function identity.may_give(account uuid, permission text,
        itself boolean)
    returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    -- sellers write what is theirs, but a program is no seller: by itself it
    -- would write everybody's
    select identity.holds(account, permission)
    and (not itself
         or not 'seller' = any (identity.roles_of(account))
         or not exists (select from identity.scope s
                        where s.name = all_of.it)
         or identity.holds(account, all_of.it))
    from (values (split_part(permission, ':', 1) || ':manage')) as all_of (it)
$$;

comment on function identity.may_give is
    'whether an account can give a permission to a client, which may use it'
    ' by itself';
