create or replace function identity.base64url(bytes bytea)
    returns text
    language sql immutable strict
    set search_path = pg_catalog, pg_temp
as $$
    select translate(encode(bytes, 'base64'), E'+/=\n', '-_')
$$;

comment on function identity.base64url is 'RFC 4648, without padding';
