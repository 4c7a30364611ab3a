create or replace function identity.role_changed()
    returns trigger
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform ops.notify_state();
    return null;
end
$$;

comment on function identity.role_changed is
    'trigger: every node loads roles again';

create or replace trigger role_changed
    after insert or update or delete on identity.role
    for each statement execute function identity.role_changed();
