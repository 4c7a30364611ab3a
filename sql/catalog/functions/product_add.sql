create or replace function catalog.product_add(store_id bigint, actor uuid,
        manager boolean, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    store store.store;
    product catalog.product;
begin
    select s.* into strict store from store.store s
        where s.id = product_add.store_id;
    perform catalog.hold_type(store.id, document);
    product := catalog.product_made(store, actor, manager, document);
    perform catalog.announce(array[product.id]);
    return catalog.product_answer(product, 201);
exception when unique_violation then
    perform api.fail(case when sqlerrm like '%sku%' then 'PS409' else 'PU409'
        end, 'Another product has this slug or SKU.');
end
$$;

comment on function catalog.product_add is 'POST /products';
