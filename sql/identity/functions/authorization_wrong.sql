create or replace function identity.authorization_wrong(asking identity.client,
        params jsonb)
    returns text[]
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when params ? 'repeated' then
            array['invalid_request', 'a parameter is given twice']
        when params ? 'request' then
            array['request_not_supported', 'request objects are not read']
        when params ? 'request_uri' then
            array['request_uri_not_supported', 'request objects are not read']
        when not params ? 'response_type' then
            array['invalid_request', 'response_type is missing']
        when params ->> 'response_type' <> 'code' then
            array['unsupported_response_type', 'response_type must be code']
        when not 'authorization_code' = any (asking.grant_types) then
            array['unauthorized_client', 'this client asks nobody']
        when params ->> 'response_mode' <> 'query' then
            array['invalid_request', 'response_mode must be query']
        when not params ? 'code_challenge' then
            array['invalid_request', 'code_challenge is missing (PKCE)']
        when params ->> 'code_challenge_method' is distinct from 'S256' then
            array['invalid_request', 'code_challenge_method must be S256']
        when params ->> 'code_challenge' !~ '^[A-Za-z0-9_-]{43}$' then
            array['invalid_request', 'code_challenge is not that of S256']
        when params ->> 'max_age' !~ '^[0-9]{1,9}$' then
            array['invalid_request', 'max_age must be a number of seconds']
        when 'none' = any (identity.scopes_of(params ->> 'prompt'))
             and cardinality(identity.scopes_of(params ->> 'prompt')) > 1 then
            array['invalid_request', 'prompt=none stands alone']
        when identity.scopes_of(params ->> 'scope') = '{}' then
            array['invalid_scope', 'scope is missing']
        when not identity.scopes_of(params ->> 'scope') <@ asking.scopes then
            array['invalid_scope', 'this client may not ask for that scope']
        end
$$;

comment on function identity.authorization_wrong is
    'error and description of an authorization request, or null';
