create or replace function identity.sessions(account uuid, session uuid)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('items', coalesce(jsonb_agg(
        jsonb_build_object(
            'id', s.id,
            'agent', s.agent,
            'address', host(s.address),
            'created_at', api.time(s.created_at),
            'renewed_at', api.time(s.renewed_at),
            'current', s.id = session)
        order by s.renewed_at desc, s.id), '[]'), 'next_cursor', null)::text
    from identity.session s
    where s.user_id = account and s.ended_at is null and s.expires_at > now()
$$;

comment on function identity.sessions is
    'GET /users/me/sessions: where the account is signed in, at most 50';
