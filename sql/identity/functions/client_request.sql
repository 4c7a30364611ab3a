drop function if exists identity.client_request(uuid, uuid);

create or replace function identity.client_request(account uuid, id uuid,
        store bigint, locale text)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'client', jsonb_build_object('id', c.id, 'name', c.name),
        'scopes', identity.scopes_body(q.scopes,
            identity.spoken(store, locale)),
        'redirect_host', coalesce(
            substring(q.redirect_uri from '^https?://([^/]+)/'),
            substring(q.redirect_uri from '^[^:]+')))::text
    from identity.client_request q
    join identity.client c on c.id = q.client_id and not c.disabled
    where q.id = client_request.id and q.user_id = account
    and q.expires_at > now()
$$;

comment on function identity.client_request is
    'GET /oauth/requests/{id}: what an app asks the account for';
