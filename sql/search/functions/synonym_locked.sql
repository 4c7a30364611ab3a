create or replace function search.synonym_locked(store bigint, synonym bigint,
                                                 if_version bigint)
    returns search.synonym
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    old search.synonym;
begin
    select s.* into old from search.synonym s
        where s.store_id = store and s.id = synonym for update;
    if not found then
        perform api.fail('ZZ404', 'There are no such synonyms.');
    end if;
    if old.version <> if_version then
        perform api.fail('AP412', 'They have changed meanwhile.');
    end if;
    return old;
end
$$;

comment on function search.synonym_locked is
    'synonyms that are about to be changed';
