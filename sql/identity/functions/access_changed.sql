create or replace function identity.access_changed()
    returns trigger
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    account uuid;
begin
    if tg_table_name = 'account' then
        account := old.id;
    elsif tg_op = 'DELETE' then
        account := old.user_id;
    else
        account := new.user_id;
    end if;

    -- an account that is just being made has neither
    if exists (select from identity.session s
               where s.user_id = account and s.ended_at is null
               and s.access_until > now())
       or exists (select from identity.client_session c
                  join identity.client_grant g on g.id = c.grant_id
                  where g.user_id = account and c.ended_at is null
                  and c.access_until > now())
    then
        perform identity.revoke_user(account);
    end if;
    if exists (select from identity.api_key k
               where k.created_by = account and k.revoked_at is null)
    then
        perform identity.notify_keys();
    end if;
    return old;
end
$$;

comment on function identity.access_changed is
    'trigger: the account''s tokens and keys say what it may no more';

create or replace trigger access_changed
    after insert or update or delete on identity.account_role
    for each row execute function identity.access_changed();

create or replace trigger access_changed
    after update of blocked_at on identity.account
    for each row when (old.blocked_at is distinct from new.blocked_at)
    execute function identity.access_changed();

create or replace trigger account_ends
    before delete on identity.account
    for each row execute function identity.access_changed();
