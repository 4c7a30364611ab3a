create or replace function media.key_of(url text)
    returns text
    language sql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select substring(url from '^/media/i/([0-9a-f]{32})\.webp$')
$$;

comment on function media.key_of is
    'the file of a picture''s address; null when it is not one of ours';
