create or replace function identity.signed_in_since(session uuid,
        params jsonb)
    returns timestamptz
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select s.created_at
    from identity.session s
    cross join lateral (select least(
        case when params ? 'max_age'
             then greatest((params ->> 'max_age')::integer, 10) end,
        case when 'login' = any (identity.scopes_of(params ->> 'prompt'))
             then 30 end)) as recent (seconds)
    where s.id = session and s.ended_at is null
    and (recent.seconds is null
         or s.created_at > now() - make_interval(secs => recent.seconds))
$$;

comment on function identity.signed_in_since is
    'when the person signed in, if that is recent enough for max_age or'
    ' prompt=login; the seconds that the way back from signing in takes count'
    ' as recent whatever was asked for';
