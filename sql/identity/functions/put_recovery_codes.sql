create or replace function identity.put_recovery_codes(account uuid,
        hashes bytea[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    delete from identity.recovery_code r where r.user_id = account;

    insert into identity.recovery_code (user_id, hash)
    select account, hash from unnest(hashes) as hash;
$$;

comment on function identity.put_recovery_codes is
    'new recovery codes; those from before count no more';
