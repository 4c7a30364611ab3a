create or replace function search.synonym_body(synonym search.synonym)
    returns json
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select json_build_object('id', synonym.id::text, 'words', synonym.words,
        'one_way', synonym.one_way, 'created_at', api.time(synonym.created_at),
        'updated_at', api.time(synonym.updated_at))
$$;

comment on function search.synonym_body is 'words that mean the same, as JSON';
