create or replace function identity.tell_new_device(account uuid, agent text,
        address inet)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    -- a browser that was brought up to date is the same device
    kind constant text := regexp_replace(left(agent, 200), '[0-9.]+', '', 'g');
    who identity.account;
begin
    if exists (select from identity.session s
               where s.user_id = account
               and s.address is not distinct from address
               and regexp_replace(s.agent, '[0-9.]+', '', 'g')
                   is not distinct from kind)
    then
        return;
    end if;

    -- whoever registers just now knows
    select a.* into who from identity.account a
    where a.id = account and a.created_at < now();

    if found then
        perform ops.emit('shop.users', account::text, who.version,
            'user.new_sign_in', who.store_id,
            jsonb_build_object('id', account, 'agent', left(agent, 200),
                'address', host(address), 'at', api.time(now())));
    end if;
end
$$;

comment on function identity.tell_new_device is
    'the fact user.new_sign_in, when no session that is remembered came from'
    ' such a browser at this address';
