create or replace function catalog.collection_remove(store bigint, ref text,
        actor uuid, manager boolean, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old catalog.collection := catalog.collection_locked(store, ref, actor,
        manager, if_version);
    members bigint[] := array(
        select x.product_id from catalog.collection_product x
        where x.collection_id = old.id order by 1);
begin
    delete from catalog.collection c where c.id = old.id;
    delete from catalog.former_slug f
        where f.kind = 'collection' and f.subject_id = old.id;
    perform catalog.reindex(members);
    perform ops.record(store, actor, 'collection.remove',
        'collection:' || old.id, to_jsonb(old), null);
    perform ops.notify_drop('catalog:' || store);
    return row(204, null::text, null::text, null::text, 'catalog:' || store,
               false)::api.answer;
end
$$;

comment on function catalog.collection_remove is 'DELETE /collections/{id}';
