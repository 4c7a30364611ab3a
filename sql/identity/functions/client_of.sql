create or replace function identity.client_of(store bigint, client text)
    returns identity.client
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select c
    from identity.client c
    where c.id = case when client ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                      then client::uuid end
    and not c.disabled
    and (c.store_id is null or c.store_id = store)
$$;

comment on function identity.client_of is
    'a client that counts in the store, by what it calls itself';
