create or replace function identity.client_called(store bigint, client text,
        secret_hash bytea)
    returns identity.client
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select c
    from identity.client_of(store, client) c
    where c.secret_hash is not distinct from client_called.secret_hash
$$;

comment on function identity.client_called is
    'a client that proved who it is; a public one has nothing to prove it by.'
    '  Comparing hashes of random secrets tells a clock nothing';
