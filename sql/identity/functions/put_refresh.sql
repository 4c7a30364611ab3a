create or replace function identity.put_refresh(session uuid, next_hash bytea,
        refresh_ttl integer)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    until constant timestamptz := now() + make_interval(secs => refresh_ttl);
begin
    insert into identity.client_refresh (hash, session_id, expires_at)
    values (next_hash, session, until);

    update identity.client_session s
    set expires_at = greatest(s.expires_at, until)
    where s.id = session;
end
$$;

comment on function identity.put_refresh is
    'the refresh token of a client that counts from now on; unused it runs'
    ' out';
