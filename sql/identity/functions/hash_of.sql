create or replace function identity.hash_of(secret text)
    returns bytea
    language sql immutable strict
    set search_path = pg_catalog, pg_temp
as $$
    select sha256(convert_to(secret, 'UTF8'))
$$;

comment on function identity.hash_of is
    'what is stored of a secret that is random enough';
