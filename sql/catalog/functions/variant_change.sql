create or replace function catalog.variant_change(store_id bigint, ref text,
        variant text, actor uuid, manager boolean, if_version bigint,
        document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    store store.store;
    product catalog.product;
    id bigint;
begin
    select s.* into strict store from store.store s
        where s.id = variant_change.store_id;
    product := catalog.product_locked(store.id, ref, actor, manager,
                                      if_version);
    id := catalog.variant_of(product.id, variant);
    perform catalog.check_prices(store, document);
    perform catalog.change_variant(id, document, '');
    perform catalog.change_prices(id, document,
                                  catalog.currency_of(store, document), '');
    update catalog.product p set version = p.version + 1, updated_at = now()
        where p.id = product.id;
    perform ops.record(store.id, actor, 'variant.change',
        'product:' || product.id, null,
        document || jsonb_build_object('id', id::text));
    return catalog.variant_answer(product, id, 200);
end
$$;

comment on function catalog.variant_change is
    'PATCH /products/{id}/variants/{variant}';
