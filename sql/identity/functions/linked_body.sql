create or replace function identity.linked_body(l identity.linked)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', l.id,
        'provider', l.provider,
        'issuer', l.issuer,
        'email', l.email,
        'created_at', api.time(l.created_at),
        'used_at', api.time(l.used_at))
$$;

comment on function identity.linked_body is
    'a linked identity as the API shows it';
