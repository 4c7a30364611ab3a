create or replace function catalog.collection_locked(store bigint, ref text,
        actor uuid, manager boolean, if_version bigint)
    returns catalog.collection
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    c catalog.collection;
begin
    perform catalog.must_manage(actor, manager);
    select k.* into c from catalog.collection k
        where k.id = catalog.collection_find(store, ref) for no key update;
    if not found then
        perform api.fail('ZZ404', 'There is no such collection.');
    end if;
    if c.version <> if_version then
        perform api.fail('AP412', 'The collection has changed meanwhile.');
    end if;
    return c;
end
$$;

comment on function catalog.collection_locked is
    'a collection for its change: locked, and of the version that was seen';
