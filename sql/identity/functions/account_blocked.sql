create or replace function identity.account_blocked()
    returns trigger
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform identity.end_grants(new.id, 'blocked');
    return null;
end
$$;

comment on function identity.account_blocked is
    'trigger: apps act for a blocked account no more';

create or replace trigger account_blocked
    after update of blocked_at on identity.account
    for each row when (old.blocked_at is null and new.blocked_at is not null)
    execute function identity.account_blocked();
