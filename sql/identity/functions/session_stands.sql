create or replace function identity.session_stands(session uuid)
    returns boolean
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select exists (select from identity.session s
                   where s.id = session and s.ended_at is null)
        or exists (select from identity.client_session c
                   where c.id = session and c.ended_at is null)
$$;

comment on function identity.session_stands is
    'whether access tokens of a session count; asked by a node whose'
    ' revocation feed is late';
