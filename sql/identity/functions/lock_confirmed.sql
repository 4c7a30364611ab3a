create or replace function identity.lock_confirmed(account uuid,
        checked_hash text)
    returns identity.account
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    who identity.account;
begin
    select a.* into who from identity.account a
    where a.id = account
    for no key update;

    -- changed while it was checked: as if it had been wrong
    if who.id is null or who.password_hash is distinct from checked_hash then
        perform api.fail('IC401', 'The password is wrong.');
    end if;
    return who;
end
$$;

comment on function identity.lock_confirmed is
    'locks an account whose password the gateway found right against'
    ' checked_hash (null: it has none, and the sign-in was a moment ago)';
