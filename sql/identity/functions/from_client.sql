create or replace function identity.from_client(asking identity.client,
        origin text)
    returns boolean
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select origin is not null and exists (
        select from unnest(asking.redirect_uris) as uri
        where substring(uri from '^https?://[^/]+') = origin
        or identity.redirect_fits(uri, origin
               || substring(uri from '^http://[^/]+(/.*)$')))
$$;

comment on function identity.from_client is
    'whether a script of that origin is the client''s: one of its addresses to'
    ' go back to is there';
