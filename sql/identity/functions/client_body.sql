create or replace function identity.client_body(client identity.client)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', client.id,
        'name', client.name,
        'type', case when client.public then 'public' else 'confidential' end,
        'store_id', client.store_id::text,
        'redirect_uris', to_jsonb(client.redirect_uris),
        'grant_types', to_jsonb(client.grant_types),
        'scopes', to_jsonb(client.scopes),
        'disabled', client.disabled,
        'created_at', api.time(client.created_at),
        'updated_at', api.time(client.updated_at))
$$;

comment on function identity.client_body is
    'an OAuth client as the API shows it: never its secret';
