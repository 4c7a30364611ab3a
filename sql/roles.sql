-- Roles are of the whole cluster; this file is run at every migration.
-- shop_owner owns everything and never logs in.  The others hold only what
-- the grants.sql of each domain gives them.

do $$
declare
    wanted record;
begin
    for wanted in
        select * from (values
            ('shop_owner', 'nologin'),
            ('shop_gateway', 'login'),
            ('shop_worker', 'login'),
            ('shop_reader', 'login')) as v (name, login)
    loop
        if not exists (select from pg_roles where rolname = wanted.name) then
            begin
                execute format('create role %I %s', wanted.name, wanted.login);
            exception when duplicate_object or unique_violation then
                null;  -- another database of the cluster was quicker
            end;
        end if;
    end loop;
    if not pg_has_role(current_user, 'shop_owner', 'member') then
        execute format('grant shop_owner to %I', current_user);
    end if;
    if not has_database_privilege('shop_owner', current_database(), 'create')
    then
        execute format('grant create, connect, temporary on database %I'
                       ' to shop_owner', current_database());
    end if;
    if has_database_privilege('shop_reader', current_database(), 'temporary')
    then
        execute format('revoke all on database %I from public',
                       current_database());
        execute format('grant connect on database %I'
                       ' to shop_gateway, shop_worker, shop_reader',
                       current_database());
    end if;
end
$$;

-- what is only a hint (a query of stop words) is not sent
alter role shop_gateway set client_min_messages = 'warning';

-- Sessions keep their plans, and some are made while a table is empty: such a
-- plan would read all of it ever after (docs/decisions/0211-plans.md).
alter role shop_gateway set enable_seqscan = off;
alter role shop_worker set enable_seqscan = off;
alter role shop_worker set enable_hashjoin = off;
alter role shop_worker set enable_mergejoin = off;
alter role shop_worker set plan_cache_mode = 'force_generic_plan';
