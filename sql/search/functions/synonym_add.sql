create or replace function search.synonym_add(store bigint, actor uuid,
                                              document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    made search.synonym;
begin
    insert into search.synonym (store_id, words, one_way)
    values (store, search.synonym_words(document),
            coalesce((document ->> 'one_way')::boolean, false))
    returning * into made;
    perform ops.record(store, actor, 'synonym.add', 'synonym:' || made.id,
                       null, document);
    perform ops.notify_drop('catalog:' || store);
    return row(201, search.synonym_body(made)::text, made.version::text,
               '/api/v1/search/synonyms/' || made.id, 'catalog:' || store,
               false)::api.answer;
end
$$;

comment on function search.synonym_add is 'POST /search/synonyms';
