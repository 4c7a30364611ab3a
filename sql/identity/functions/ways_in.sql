create or replace function identity.ways_in(account uuid)
    returns bigint
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select (select count(a.password_hash) from identity.account a
            where a.id = account)
         + (select count(*) from identity.passkey p where p.user_id = account)
         + (select count(*) from identity.linked l where l.user_id = account)
$$;

comment on function identity.ways_in is
    'in how many ways an account can sign in: the last one is not removed';
