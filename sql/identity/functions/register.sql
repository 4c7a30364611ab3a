create or replace function identity.register(store bigint, email text,
        password_hash text, name text, refresh_hash bytea,
        access_ttl integer, refresh_ttl integer, agent text, address inet,
        request text)
    returns setof identity.opened
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    account uuid;
    mail constant text := lower(email);
    speaks text;
begin
    select s.locales[1] into speaks from store.store s where s.id = store;

    insert into identity.account as a
        (store_id, email, name, password_hash, locale)
    values (store, mail, name, password_hash, coalesce(speaks, 'en'))
    on conflict do nothing
    returning a.id into account;

    if account is null then
        perform api.fail('IE409',
            'There is an account with this e-mail address.');
    end if;

    insert into identity.account_role (user_id, role)
    values (account, 'customer');

    perform ops.record(store, account, 'user.registered', 'user:' || account,
                       null, null, address, request);
    perform ops.emit('shop.users', account::text, 1, 'user.registered', store,
                     identity.user_body(account));

    return next identity.open_session(store, account, refresh_hash,
        access_ttl, refresh_ttl, agent, address);
end
$$;

comment on function identity.register is
    'an account, its first session and the fact user.registered; a taken'
    ' e-mail address raises IE409';
