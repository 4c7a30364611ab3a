create or replace function search.synonym_show(store bigint, id bigint)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select search.synonym_body(s)::text, s.version::text
    from search.synonym s
    where s.store_id = store and s.id = synonym_show.id
$$;

comment on function search.synonym_show is 'GET /search/synonyms/{id}';
