create or replace function identity.reused(session uuid, account uuid,
        detail text, address inet, request text)
    returns identity.issued
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    issued identity.issued := identity.not_issued('invalid_grant', detail);
begin
    issued.epoch := identity.end_client_session(session, 'reuse');

    if issued.epoch is not null then
        issued.revoked := session;
        perform ops.record(s.store_id, account, 'grant.reused',
            'grant:' || s.grant_id, null,
            jsonb_build_object('client', s.client_id), address, request)
        from identity.client_session s
        where s.id = session;
    end if;

    return issued;
end
$$;

comment on function identity.reused is
    'a code or refresh token came again, so that somebody else may have it:'
    ' all that came of it ends';
