create or replace function media.image_order(store bigint, ref text,
        actor uuid, manager boolean, if_version bigint, wanted jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    product catalog.product;
    ids text[] := array(select jsonb_array_elements_text(wanted));
    present text[];
begin
    product := catalog.product_locked(store, ref, actor, manager, if_version);
    present := array(select i.id::text from catalog.image i
                     where i.product_id = product.id);
    if not (ids @> present and present @> ids)
        or cardinality(ids) <> cardinality(present)
    then
        perform api.fail('ZZ422', 'Each picture of the product is named once.',
                         '/order');
    end if;

    update catalog.image i set position = w.n
    from unnest(ids) with ordinality as w (id, n)
    where i.product_id = product.id and i.id::text = w.id
    and i.position <> w.n;
    perform media.product_touched(product.id);

    perform ops.record(store, actor, 'image.order', 'product:' || product.id,
                       null, jsonb_build_object('order', wanted));
    return catalog.product_answer(product, 200);
end
$$;

comment on function media.image_order is
    'PATCH /products/{id}/images: the order of all of them';
