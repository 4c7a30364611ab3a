create or replace function review.hush(store bigint, account uuid)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into review.silence (user_id, store_id)
    select a.id, store from identity.account a where a.id = account
    on conflict do nothing
$$;

comment on function review.hush is
    'an account is not asked for reviews any more';
