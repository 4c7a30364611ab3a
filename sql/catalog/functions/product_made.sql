create or replace function catalog.product_made(store store.store,
        actor uuid, manager boolean, document jsonb)
    returns catalog.product
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    product catalog.product;
    currency text := catalog.currency_of(store, document);
    type bigint := catalog.product_type_of(store.id, document);
begin
    perform catalog.check_prices(store, document);
    perform catalog.check_attributes(type, coalesce(document -> 'attributes',
                                                    '{}'));
    product.id := nextval('catalog.item_id');
    product.status := coalesce(document ->> 'status', case
        when document ->> 'publish_at' is null then 'published'
        else 'draft' end);
    product.publish_at := document ->> 'publish_at';
    product.unpublish_at := document ->> 'unpublish_at';
    product := catalog.product_dated(product, document);
    insert into catalog.product (id, store_id, slug, name, description, status,
        category_id, type_id, tax_class, seller_id, attributes, seo, metadata,
        tags, translations, version, published_at, publish_at, unpublish_at)
    values (product.id, store.id,
        catalog.product_slug(store.id, document ->> 'slug', document ->> 'name',
                             product.id),
        document ->> 'name',
        coalesce(document ->> 'description', ''),
        product.status,
        catalog.product_category(store.id, document),
        type,
        catalog.tax_class_of(store, document),
        case when not manager and 'seller' = any (identity.roles_of(actor))
             then actor end,
        coalesce(document -> 'attributes', '{}'),
        coalesce(document -> 'seo', '{}'),
        coalesce(document -> 'metadata', '{}'),
        array(select jsonb_array_elements_text(document -> 'tags')),
        catalog.translated(store.id, '{}', document -> 'translations',
                           'product'),
        1,
        case when product.status = 'published' then now() end,
        product.publish_at, product.unpublish_at)
    returning * into product;

    perform catalog.slug_left(store.id, 'product', product.id, null,
                              product.slug);
    if document ?| array['options', 'variants'] then
        perform catalog.put_options(product.id, document);
    end if;
    perform catalog.put_variants(product, document, currency, actor);
    if document ? 'images' then
        perform catalog.put_images(product.id, document -> 'images',
                                   product.name);
    end if;
    perform catalog.put_stores(product, manager, document);
    perform ops.record(store.id, actor, 'product.add', 'product:' || product.id,
                       null, document);
    return product;
end
$$;

comment on function catalog.product_made is
    'a new product, complete, that nobody sees until it is announced';
