create or replace function identity.recent(session uuid)
    returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select exists (select from identity.session s
                   where s.id = session and s.ended_at is null
                   and s.created_at > now() - interval '5 minutes')
$$;

comment on function identity.recent is
    'whether a session was opened within the last five minutes';
