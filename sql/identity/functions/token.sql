create or replace function identity.token(store bigint, params jsonb,
        secret_hash bytea, code_hash bytea, challenge text,
        refresh_hash bytea, next_hash bytea, access_ttl integer,
        refresh_ttl integer, origin text, address inet, request text)
    returns setof identity.issued
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    kind constant text := params ->> 'grant_type';
    asking constant identity.client :=
        identity.client_called(store, params ->> 'client_id', secret_hash);
    issued identity.issued;
begin
    if asking.id is null then
        return next identity.client_refused(store, params ->> 'client_id',
                                            address, request);
        return;
    end if;

    issued := case
        when kind is null then
            identity.not_issued('invalid_request', 'grant_type is missing')
        when kind not in ('authorization_code', 'refresh_token',
                          'client_credentials') then
            identity.not_issued('unsupported_grant_type',
                                'this grant_type is not known')
        when not kind = any (asking.grant_types) then
            identity.not_issued('unauthorized_client',
                                'this grant_type is not for this client')
        when kind = 'authorization_code' then
            identity.token_by_code(asking, params, code_hash, challenge,
                next_hash, access_ttl, refresh_ttl, address, request)
        when kind = 'refresh_token' then
            identity.token_by_refresh(asking, params, refresh_hash, next_hash,
                access_ttl, refresh_ttl, address, request)
        else
            identity.token_by_client(store, asking, params, access_ttl)
        end;

    issued.cors := identity.from_client(asking, origin);
    return next issued;
end
$$;

comment on function identity.token is
    'POST /oauth/token: of secrets it gets hashes only; challenge is that of'
    ' the code_verifier, next_hash becomes a refresh token';
