create or replace function identity.token_by_client(store bigint,
        asking identity.client, params jsonb, access_ttl integer)
    returns identity.issued
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    until constant timestamptz := now() + make_interval(secs => access_ttl);
    may text[];
    wanted text[];
    session identity.client_session;
begin
    select coalesce(array_agg(s.name order by s.name), '{}') into may
    from identity.scope s
    where s.permission and s.name = any (asking.scopes);

    wanted := case when params ? 'scope'
                   then identity.scopes_of(params ->> 'scope') else may end;
    if wanted = '{}' or not wanted <@ may then
        return identity.not_issued('invalid_scope',
                                   'this client may not do that by itself');
    end if;

    insert into identity.client_session as s (client_id, store_id, scopes,
        expires_at, access_until)
    values (asking.id, store, wanted, until, until)
    returning s.* into session;

    return identity.issue(asking, session, null, wanted);
end
$$;

comment on function identity.token_by_client is
    'a token of the client for itself: permissions that it was given';
