grant execute on function
    catalog.product_show(bigint, text, text, text, uuid, boolean),
    catalog.product_of_slug(bigint, text),
    catalog.product_elsewhere(bigint, text),
    catalog.product_add(bigint, uuid, boolean, jsonb),
    catalog.product_change(bigint, text, uuid, boolean, bigint, jsonb),
    catalog.product_remove(bigint, text, uuid, boolean, bigint),
    catalog.product_bulk(bigint, uuid, boolean, jsonb),
    catalog.product_manage(bigint, uuid, boolean, text, text, text, text, int,
                           text),
    catalog.localized(text, bigint, text),
    catalog.translations_show(bigint, text, text, uuid, boolean),
    catalog.variant_show(bigint, text, text, text, uuid, boolean),
    catalog.variant_add(bigint, text, uuid, boolean, bigint, jsonb),
    catalog.variant_change(bigint, text, text, uuid, boolean, bigint, jsonb),
    catalog.variant_remove(bigint, text, text, uuid, boolean, bigint),
    catalog.type_list(bigint, int, text),
    catalog.type_show(bigint, text),
    catalog.type_add(bigint, uuid, boolean, jsonb),
    catalog.type_change(bigint, text, uuid, boolean, bigint, jsonb),
    catalog.type_remove(bigint, text, uuid, boolean, bigint),
    catalog.collection_list(bigint, text, boolean, int, text),
    catalog.collection_show(bigint, text, text, boolean),
    catalog.collection_products(bigint, text, text, text, boolean, int, text),
    catalog.collection_add(bigint, uuid, boolean, jsonb),
    catalog.collection_change(bigint, text, uuid, boolean, bigint, jsonb),
    catalog.collection_remove(bigint, text, uuid, boolean, bigint),
    catalog.collection_put_products(bigint, text, uuid, boolean, bigint,
                                    jsonb),
    catalog.collection_take_product(bigint, text, text, uuid, boolean,
                                    bigint),
    catalog.category_list(bigint, text, int, text),
    catalog.category_show(bigint, text, text),
    catalog.category_add(bigint, uuid, boolean, jsonb),
    catalog.category_change(bigint, text, uuid, boolean, bigint, jsonb),
    catalog.category_remove(bigint, text, uuid, boolean, bigint)
    to shop_gateway;

-- timers
grant execute on function
    catalog.publish_due(int),
    catalog.collection_work(int),
    catalog.render_work(int)
    to shop_worker;

-- what product_show() and a cart's quote read
grant select on catalog.rendered, catalog.offer
    to shop_gateway, shop_worker, shop_reader;
grant select (id, store_id, slug, deleted_at) on catalog.product
    to shop_gateway;

grant execute on function
    catalog.import_add(bigint, uuid, boolean, jsonb, uuid, text, text),
    catalog.import_remove(bigint, uuid, uuid, boolean, bigint),
    catalog.import_errors(bigint, uuid, uuid, boolean, bigint, int),
    catalog.export_page(bigint, uuid, boolean, bigint, int)
    to shop_gateway;

grant execute on function
    catalog.import_begin(uuid, uuid, jsonb),
    catalog.import_step(uuid, uuid, jsonb, bigint, bigint, boolean)
    to shop_worker;
