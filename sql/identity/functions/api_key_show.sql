create or replace function identity.api_key_show(key uuid, actor uuid,
        manages boolean)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select identity.api_key_body(k)::text
    from identity.api_key k
    where k.id = key and k.revoked_at is null
    and (manages or k.created_by = actor)
$$;

comment on function identity.api_key_show is 'GET /api-keys/{id}';
