create or replace function identity.totp_begin(store bigint, account uuid,
        session uuid, sealed bytea)
    returns table (email text, shop text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    perform identity.must_be_recent(account, session);

    insert into identity.totp as t (user_id, pending, pending_at)
    values (account, sealed, now())
    on conflict (user_id) do update
    set pending = excluded.pending, pending_at = now();

    return query
    select a.email, s.name
    from identity.account a, store.store s
    where a.id = account and s.id = store;
end
$$;

comment on function identity.totp_begin is
    'POST /users/me/mfa/totp: a secret that counts once a code has confirmed'
    ' it; a former one counts until then';
