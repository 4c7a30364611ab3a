create or replace function identity.put_account(store bigint, email text,
        name text, password_hash text, roles text[])
    returns uuid
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    account uuid;
begin
    insert into identity.account as a
        (store_id, email, name, password_hash, email_verified_at)
    values (store, lower(email), name, password_hash, now())
    on conflict on constraint account_email do update
    set name = excluded.name, password_hash = excluded.password_hash,
        version = a.version + 1, updated_at = now()
    returning a.id into account;

    insert into identity.account_role (user_id, role)
    select account, wanted from unnest(roles) as wanted
    on conflict do nothing;

    perform ops.record(store, null, 'user.put', 'user:' || account, null,
                       jsonb_build_object('roles', roles));
    return account;
end
$$;

comment on function identity.put_account is
    'an account made by the owner of the installation: the first'
    ' administrator, those of the demo shop';
