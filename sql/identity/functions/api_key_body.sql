create or replace function identity.api_key_body(key identity.api_key)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', key.id,
        'name', key.name,
        'kind', key.kind,
        'store_id', key.store_id::text,
        'hint', key.hint,
        'key', key.shown,
        'permissions', to_jsonb(key.permissions),
        'created_by', key.created_by,
        'created_at', api.time(key.created_at),
        'expires_at', api.time(key.expires_at),
        'last_used_at', api.time(key.last_used_at),
        'last_address', host(key.last_address))
$$;

comment on function identity.api_key_body is
    'an API key as the API shows it: a secret one without the key';
