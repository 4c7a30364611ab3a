create or replace function catalog.product_add(store_id bigint, actor uuid,
        manager boolean, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    store store.store;
    product catalog.product;
    currency text;
begin
    select s.* into strict store from store.store s
        where s.id = product_add.store_id;
    currency := catalog.currency_of(store, document);
    perform catalog.check_prices(store, document);

    product.id := nextval('catalog.item_id');
    insert into catalog.product (id, store_id, slug, name, description, status,
        category_id, tax_class, seller_id, attributes, seo, metadata, tags,
        published_at)
    values (product.id, store.id,
        catalog.product_slug(store.id, document ->> 'slug', document ->> 'name',
                             product.id),
        document ->> 'name',
        coalesce(document ->> 'description', ''),
        coalesce(document ->> 'status', 'published'),
        catalog.product_category(store.id, document),
        catalog.tax_class_of(store, document),
        case when not manager and 'seller' = any (identity.roles_of(actor))
             then actor end,
        coalesce(document -> 'attributes', '{}'),
        coalesce(document -> 'seo', '{}'),
        coalesce(document -> 'metadata', '{}'),
        array(select jsonb_array_elements_text(document -> 'tags')),
        case when coalesce(document ->> 'status', 'published') = 'published'
             then now() end)
    returning * into product;

    perform catalog.put_options(product.id, document);
    perform catalog.put_variants(product, document, currency, actor);
    perform catalog.put_images(product.id, document -> 'images', product.name);

    -- complete: rendered, indexed and announced by the trigger
    update catalog.product p set version = 1 where p.id = product.id;
    perform ops.record(store.id, actor, 'product.add', 'product:' || product.id,
                       null, document);
    return catalog.product_answer(product, 201);
exception when unique_violation then
    perform api.fail(case when sqlerrm like '%sku%' then 'PS409' else 'PU409'
        end, 'Another product has this slug or SKU.');
end
$$;

comment on function catalog.product_add is 'POST /products';
