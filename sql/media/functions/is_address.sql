create or replace function media.is_address(url text)
    returns boolean
    language sql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select url ~ '^(https?://|/[^/])[^[:space:][:cntrl:]]*$'
$$;

comment on function media.is_address is
    'whether a picture can be there: https://, http:// or a path of this shop';
