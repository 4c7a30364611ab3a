create or replace function catalog.collection_take_product(store bigint,
        ref text, product text, actor uuid, manager boolean,
        if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    c catalog.collection := catalog.collection_locked(store, ref, actor,
        manager, if_version);
    gone bigint;
begin
    if c.kind = 'rule' then
        perform api.fail('PR409', 'The rule says which products these are.');
    end if;
    delete from catalog.collection_product x
        where x.collection_id = c.id
        and x.product_id = case when product ~ '^[0-9]{1,18}$'
            then product::bigint
            else catalog.product_of_slug(store, product) end
        returning x.product_id into gone;
    if not found then
        perform api.fail('ZZ404', 'The collection has no such product.');
    end if;
    perform search.index(array[gone]);
    update catalog.collection k
        set version = k.version + 1, updated_at = now() where k.id = c.id;
    perform ops.record(store, actor, 'collection.take', 'collection:' || c.id,
                       to_jsonb(gone), null);
    perform ops.notify_drop('catalog:' || store);
    return row(204, null::text, null::text, null::text, 'catalog:' || store,
               false)::api.answer;
end
$$;

comment on function catalog.collection_take_product is
    'DELETE /collections/{id}/products/{product}';
