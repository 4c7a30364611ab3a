create or replace function identity.keep_admin()
    returns trigger
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- one at a time; what others committed is seen by the next statement
    perform from identity.role r where r.name = 'admin' for no key update;

    if not exists (select from identity.account_role m
                   join identity.account a on a.id = m.user_id
                   where m.role = 'admin' and a.blocked_at is null)
    then
        perform api.fail('IV409', 'Somebody has to be an administrator.');
    end if;
    return null;
end
$$;

comment on function identity.keep_admin is
    'trigger: the last administrator stays one and is not blocked';

create or replace trigger keep_admin
    after delete or update on identity.account_role
    for each row when (old.role = 'admin')
    execute function identity.keep_admin();

create or replace trigger keep_admin
    after update of blocked_at on identity.account
    for each row when (old.blocked_at is null and new.blocked_at is not null)
    execute function identity.keep_admin();
