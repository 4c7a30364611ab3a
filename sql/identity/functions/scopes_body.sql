create or replace function identity.scopes_body(scopes text[])
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'name', s.name, 'description', s.description)
               order by array_position(scopes, s.name)), '[]')
    from identity.scope s
    where s.name = any (scopes)
$$;

comment on function identity.scopes_body is
    'scopes with what they mean, for people';
