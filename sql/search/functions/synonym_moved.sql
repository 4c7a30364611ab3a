create or replace function search.synonym_moved()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from search.synonym_word w where w.synonym_id = new.id;
    insert into search.synonym_word (store_id, word, synonym_id)
    select new.store_id, search.normal(w), new.id
    from unnest(case when new.one_way then new.words[:1] else new.words end)
        as w
    on conflict do nothing;
    return null;
end
$$;

comment on function search.synonym_moved is
    'trigger: keeps what is looked up in a query';

create or replace trigger synonym_moved
    after insert or update on search.synonym
    for each row execute function search.synonym_moved();
