create or replace function identity.not_issued(error text, detail text)
    returns identity.issued
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select row(error, detail, null, null, null, null, null, null, null, null,
               null, null, null, null, null)::identity.issued
$$;

comment on function identity.not_issued is
    'a token request that got none, with its error of RFC 6749, 5.2';
