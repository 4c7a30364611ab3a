create or replace function identity.not_authorized(outcome text, error text,
        detail text, redirect_uri text default null, state text default null)
    returns identity.authorized
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select row(outcome, error, detail, redirect_uri, state,
               null)::identity.authorized
$$;

comment on function identity.not_authorized is
    'an authorization request that got no code: why, and where that is told';
