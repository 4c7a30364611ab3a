create or replace function catalog.product_change(store_id bigint, ref text,
        actor uuid, manager boolean, if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    store store.store;
    product catalog.product;
begin
    select s.* into strict store from store.store s
        where s.id = product_change.store_id;
    perform catalog.hold_type(store.id, document);
    product := catalog.product_locked(store.id, ref, actor, manager,
                                      if_version);
    perform catalog.product_altered(store, product, actor, manager, document);
    update catalog.product p set version = p.version + 1, updated_at = now()
        where p.id = product.id;
    return catalog.product_answer(product, 200);
exception when unique_violation then
    perform api.fail(case when sqlerrm like '%sku%' then 'PS409'
        when sqlerrm like '%variant_options%' then 'PR409' else 'PU409'
        end, case when sqlerrm like '%variant_options%'
             then 'Two variants would have the same options.'
             else 'Another product has this slug or SKU.' end);
end
$$;

comment on function catalog.product_change is
    'PATCH /products/{id}: the members that the document has';
