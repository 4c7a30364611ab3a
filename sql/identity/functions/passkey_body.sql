create or replace function identity.passkey_body(passkey identity.passkey)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', passkey.id,
        'name', passkey.name,
        'host', passkey.rp_id,
        'aaguid', passkey.aaguid,
        'transports', to_jsonb(passkey.transports),
        'backed_up', passkey.backed_up,
        'created_at', api.time(passkey.created_at),
        'used_at', api.time(passkey.used_at))
$$;

comment on function identity.passkey_body is 'a passkey as the API shows it';
