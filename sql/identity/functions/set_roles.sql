create or replace function identity.set_roles(store bigint, actor uuid,
        scope text, account uuid, wanted text[], address inet, request text)
    returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    old constant text[] := identity.roles_of(account);
    new constant text[] :=
        array(select distinct w from unnest(wanted) as w order by w);
    moved text[];
    unknown text;
begin
    select min(w) into unknown from unnest(new) as w
    where not exists (select from identity.role r where r.name = w);
    if unknown is not null then
        perform api.fail('ID422', format('%s is not a role.', unknown),
                         '/roles');
    end if;

    moved := array((select unnest(old) except select unnest(new))
                   union all
                   (select unnest(new) except select unnest(old)));
    if moved = '{}' then
        return false;
    end if;
    perform identity.check_held(actor, scope, array(
        select unnest(r.permissions) from identity.role r
        where r.name = any (moved)));

    insert into identity.account_role (user_id, role)
    select account, w from unnest(new) as w
    on conflict do nothing;
    delete from identity.account_role a
    where a.user_id = account and a.role <> all (new);

    perform ops.record(store, actor, 'user.roles_changed', 'user:' || account,
        jsonb_build_object('roles', old), jsonb_build_object('roles', new),
        address, request);
    return true;
end
$$;

comment on function identity.set_roles is
    'gives an account exactly these roles; whoever does so holds what those'
    ' that come and go may do; false: it has them already';
