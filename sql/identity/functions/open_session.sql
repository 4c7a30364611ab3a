drop function if exists identity.open_session(bigint, uuid, bytea, integer,
    integer, text, inet);

create or replace function identity.open_session(store bigint, account uuid,
        refresh_hash bytea, access_ttl integer, refresh_ttl integer,
        agent text, address inet, strong boolean default false)
    returns identity.opened
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    most constant integer := 50;
    opened identity.opened;
    expires constant timestamptz := now() + make_interval(secs => refresh_ttl);
begin
    if not strong and identity.has_totp(account) then
        return identity.ask_second_factor(store, account, refresh_hash);
    end if;

    -- nobody has that many devices: the oldest sign-ins end
    perform identity.end_session(old.id, 'limit')
    from (select s.id from identity.session s
          where s.user_id = account and s.ended_at is null
          order by s.created_at desc
          offset most - 1) as old;

    perform identity.tell_new_device(account, agent, address);

    insert into identity.session as s (user_id, store_id, agent, address,
        expires_at, access_until, strong)
    values (account, store, left(agent, 200), address, expires,
            now() + make_interval(secs => access_ttl), strong)
    returning s.id into opened.session_id;

    insert into identity.refresh (hash, session_id, expires_at)
    values (refresh_hash, opened.session_id, expires);

    opened.user_id := account;
    opened.store_id := store;
    opened.strong := strong;
    opened.roles := array_to_string(identity.roles_of(account), ' ');
    opened.body := identity.user_body(account)::text;
    return opened;
end
$$;

comment on function identity.open_session is
    'a new session of an account, with its first refresh token; strong: a'
    ' second factor was shown.  Without one, of an account that has an'
    ' authenticator, it is the refusal mfa_required: look at its code';
