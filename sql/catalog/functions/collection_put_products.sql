create or replace function catalog.collection_put_products(store bigint,
        ref text, actor uuid, manager boolean, if_version bigint,
        document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    c catalog.collection := catalog.collection_locked(store, ref, actor,
        manager, if_version);
    ids bigint[];
    before bigint[];
    place int;
begin
    if c.kind = 'rule' then
        perform api.fail('PR409', 'The rule says which products these are.');
    end if;
    ids := catalog.collection_members(store, document -> 'products',
                                      '/products');
    before := array(
        select x.product_id from catalog.collection_product x
        where x.collection_id = c.id and x.product_id <> all (ids)
        order by x.position, x.product_id);
    place := least(coalesce((document ->> 'position')::int,
                            cardinality(before) + 1),
                   cardinality(before) + 1);
    perform catalog.collection_put(c, to_jsonb(
        (before[: place - 1] || ids || before[place :])::text[]));
    update catalog.collection k
        set version = k.version + 1, updated_at = now()
        where k.id = c.id returning k.* into c;
    perform ops.record(store, actor, 'collection.put', 'collection:' || c.id,
                       null, document);
    perform ops.notify_drop('catalog:' || store);
    return row(200, catalog.collection_json(c), c.version::text, null::text,
               'catalog:' || store, false)::api.answer;
end
$$;

comment on function catalog.collection_put_products is
    'POST /collections/{id}/products: puts products at a place, 1 is the'
    ' first, or at the end';
