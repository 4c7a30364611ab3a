drop function if exists identity.grants(uuid);

create or replace function identity.grants(account uuid, store bigint,
        locale text)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('items', coalesce(jsonb_agg(jsonb_build_object(
        'id', g.id,
        'client', jsonb_build_object('id', c.id, 'name', c.name),
        'scopes', identity.scopes_body(g.scopes,
            identity.spoken(store, locale)),
        'created_at', api.time(g.created_at),
        'used_at', api.time(g.used_at)) order by g.created_at, g.id),
        '[]'))::text
    from identity.client_grant g
    join identity.client c on c.id = g.client_id
    where g.user_id = account
$$;

comment on function identity.grants is
    'GET /users/me/grants: apps that may act for the account';
