create or replace function identity.outside_add(store bigint, email text,
        verified boolean, name text, provider text, address inet,
        request text)
    returns uuid
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    account uuid;
    speaks text;
begin
    select s.locales[1] into speaks from store.store s where s.id = store;

    insert into identity.account as a
        (store_id, email, name, locale, email_verified_at)
    values (store, email, identity.outside_name(name, email),
            coalesce(speaks, 'en'), case when verified then now() end)
    on conflict do nothing
    returning a.id into account;

    if account is null then
        return null;
    end if;

    insert into identity.account_role (user_id, role)
    values (account, 'customer');

    perform ops.record(store, account, 'user.registered', 'user:' || account,
        null, jsonb_build_object('provider', provider), address, request);
    perform ops.emit('shop.users', account::text, 1, 'user.registered', store,
                     identity.user_body(account));

    return account;
end
$$;

comment on function identity.outside_add is
    'an account without a password for somebody whom an outside issuer knows,'
    ' and the fact user.registered; null: the address is taken';
