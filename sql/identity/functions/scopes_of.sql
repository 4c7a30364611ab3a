create or replace function identity.scopes_of(scope text)
    returns text[]
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(distinct word order by word), '{}')
    from unnest(string_to_array(scope, ' ')) as word
    where word <> ''
$$;

comment on function identity.scopes_of is
    'the words of a scope, each once, sorted';
