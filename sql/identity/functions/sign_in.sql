create or replace function identity.sign_in(store bigint, account uuid,
        checked_hash text, new_hash text, refresh_hash bytea,
        access_ttl integer, refresh_ttl integer, agent text, address inet,
        request text)
    returns setof identity.opened
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    found_hash text;
    blocked timestamptz;
    opened identity.opened;
begin
    select a.password_hash, a.blocked_at into found_hash, blocked
    from identity.account a
    where a.id = account
    for no key update;

    -- changed while it was checked, or blocked: as if it had been wrong
    if found_hash is distinct from checked_hash or blocked is not null then
        perform api.fail('IC401', 'The e-mail address or password is wrong.');
    end if;

    if new_hash is not null then
        update identity.account a
        set password_hash = new_hash
        where a.id = account;
    end if;

    opened := identity.open_session(store, account, refresh_hash,
        access_ttl, refresh_ttl, agent, address);

    perform ops.record(store, account,
        case when opened.code is null then 'session.opened'
             else 'session.half_opened' end,
        'user:' || account, null, null, address, request);

    return next opened;
end
$$;

comment on function identity.sign_in is
    'a session after the gateway found the password right against'
    ' checked_hash, or the demand of a second factor; new_hash replaces one'
    ' of old parameters';
