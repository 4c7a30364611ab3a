create or replace function identity.no_session(code text, detail text)
    returns identity.opened
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select row(401, code, detail, null, null, null, null, null)::identity.opened
$$;

comment on function identity.no_session is 'the refusal of a refresh token';
