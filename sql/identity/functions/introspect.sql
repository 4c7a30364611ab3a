create or replace function identity.introspect(store bigint, client text,
        secret_hash bytea, session uuid, refresh_hash bytea, token_client text,
        address inet, request text)
    returns table (error text, detail text, active boolean, body text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    asking constant identity.client :=
        identity.client_called(store, client, secret_hash);
    nobody identity.issued;
begin
    if asking.id is null or asking.public then
        nobody := identity.client_refused(store, client, address, request);
        return query select nobody.error, nobody.detail, false, null::text;
        return;
    end if;

    -- an access token, whose signature the gateway found good
    if session is not null then
        return query select null::text, null::text,
            identity.session_stands(session)
            and (token_client = asking.id::text
                 or 'tokens:read' = any (asking.scopes)), null::text;
        return;
    end if;

    return query
        select null::text, null::text, true, jsonb_build_object(
            'active', true,
            'client_id', s.client_id,
            'sub', g.user_id,
            'scope', array_to_string(s.scopes, ' '),
            'token_type', 'refresh_token',
            'iat', extract(epoch from r.issued_at)::bigint,
            'exp', extract(epoch from r.expires_at)::bigint)::text
        from identity.client_refresh r
        join identity.client_session s on s.id = r.session_id
        join identity.client_grant g on g.id = s.grant_id
        where r.hash = refresh_hash and s.client_id = asking.id
        and r.used_at is null and r.expires_at > now()
        and s.ended_at is null;
end
$$;

comment on function identity.introspect is
    'POST /oauth/introspect: whether a token counts, told to the client that'
    ' has it, and of access tokens to a client with tokens:read; no row: not';
