create or replace function identity.end_session(session uuid, reason text)
    returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    until timestamptz;
begin
    update identity.session s
    set ended_at = now(), end_reason = reason
    where s.id = session and s.ended_at is null
    returning s.access_until into until;
    if not found then
        return null;
    end if;
    return identity.revoke_session(session, until);
end
$$;

comment on function identity.end_session is
    'ends a session and revokes its tokens; null when it had ended before';
