drop function if exists identity.scopes_body(text[]);

create or replace function identity.scopes_body(scopes text[], language text)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'name', s.name,
               'description', coalesce(s.translations ->> l.tag,
                                       s.description),
               'language', case when s.translations ? l.tag then l.tag
                                else 'en' end)
               order by array_position(scopes, s.name)), '[]')
    from identity.scope s
    cross join (values (split_part(language, '-', 1))) as l (tag)
    where s.name = any (scopes)
$$;

comment on function identity.scopes_body is
    'scopes with what they mean, for people who read this language';
