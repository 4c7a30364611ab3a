create or replace function search.synonym_change(store bigint, synonym bigint,
        actor uuid, if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old search.synonym := search.synonym_locked(store, synonym, if_version);
    new search.synonym;
begin
    update search.synonym s
        set words = case when document ? 'words'
                         then search.synonym_words(document)
                         else s.words end,
            one_way = coalesce((document ->> 'one_way')::boolean, s.one_way),
            version = s.version + 1, updated_at = now()
        where s.id = old.id returning s.* into new;
    perform ops.record(store, actor, 'synonym.change', 'synonym:' || old.id,
                       to_jsonb(old), document);
    perform ops.notify_drop('catalog:' || store);
    return row(200, search.synonym_body(new)::text, new.version::text,
               null::text, 'catalog:' || store, false)::api.answer;
end
$$;

comment on function search.synonym_change is 'PATCH /search/synonyms/{id}';
