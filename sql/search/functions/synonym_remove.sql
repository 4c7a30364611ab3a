create or replace function search.synonym_remove(store bigint, synonym bigint,
        actor uuid, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old search.synonym := search.synonym_locked(store, synonym, if_version);
begin
    delete from search.synonym s where s.id = old.id;
    perform ops.record(store, actor, 'synonym.remove', 'synonym:' || old.id,
                       to_jsonb(old), null);
    perform ops.notify_drop('catalog:' || store);
    return row(204, null::text, null::text, null::text, 'catalog:' || store,
               false)::api.answer;
end
$$;

comment on function search.synonym_remove is 'DELETE /search/synonyms/{id}';
