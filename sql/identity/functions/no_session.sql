create or replace function identity.no_session(code text, detail text)
    returns identity.opened
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select o from jsonb_populate_record(null::identity.opened,
        jsonb_build_object('status', 401, 'code', code, 'detail', detail)) as o
$$;

comment on function identity.no_session is
    'the refusal of what would have opened or carried on a session';
