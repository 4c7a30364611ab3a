create or replace function identity.revoke_token(store bigint, client text,
        secret_hash bytea, session uuid, refresh_hash bytea, origin text,
        address inet, request text)
    returns setof identity.issued
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    asking constant identity.client :=
        identity.client_called(store, client, secret_hash);
    found identity.client_session;
    issued identity.issued;
begin
    if asking.id is null then
        return next identity.client_refused(store, client, address, request);
        return;
    end if;

    select s.* into found from identity.client_session s
    where s.id = coalesce(session,
        (select r.session_id from identity.client_refresh r
         where r.hash = refresh_hash))
    for no key update;

    if found.client_id <> asking.id then
        issued := identity.not_issued('invalid_grant',
                                      'this token is of another client');
    elsif found.id is not null and found.ended_at is null then
        issued.revoked := found.id;
        issued.epoch := identity.end_client_session(found.id, 'revoked');
        perform ops.record(found.store_id, g.user_id, 'grant.revoked',
            'grant:' || g.id, null,
            jsonb_build_object('client', asking.id), address, request)
        from identity.client_grant g
        where g.id = found.grant_id;
    end if;

    issued.cors := identity.from_client(asking, origin);
    return next issued;
end
$$;

comment on function identity.revoke_token is
    'POST /oauth/revoke: a token takes those with it that came of the same'
    ' code; one that is not known is none';
