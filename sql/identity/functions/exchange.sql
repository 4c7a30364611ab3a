create or replace function identity.exchange(token identity.refresh,
        next_hash bytea, access_ttl integer, refresh_ttl integer)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    expires constant timestamptz := now() + make_interval(secs => refresh_ttl);
begin
    if token.used_at is null then
        update identity.refresh r
        set used_at = clock_timestamp()
        where r.hash = token.hash;

        insert into identity.refresh (hash, session_id, expires_at)
        values (next_hash, token.session_id, expires);
    end if;

    update identity.session s
    set renewed_at = now(),
        expires_at = greatest(s.expires_at, expires),
        access_until = now() + make_interval(secs => access_ttl)
    where s.id = token.session_id;
end
$$;

comment on function identity.exchange is
    'marks a refresh token used and lets its successor count; the session''s'
    ' row is locked';
