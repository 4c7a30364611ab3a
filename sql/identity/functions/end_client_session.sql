create or replace function identity.end_client_session(session uuid,
        reason text)
    returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    until timestamptz;
begin
    update identity.client_session s
    set ended_at = now(), end_reason = reason
    where s.id = session and s.ended_at is null
    returning s.access_until into until;
    if not found then
        return null;
    end if;
    return identity.revoke_session(session, until);
end
$$;

comment on function identity.end_client_session is
    'ends the tokens that came of one code or one request; gives until when'
    ' they must be refused, null when they had ended before';
