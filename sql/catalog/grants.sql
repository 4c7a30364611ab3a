grant execute on function
    catalog.product_show(bigint, text, text, uuid, boolean),
    catalog.product_of_slug(bigint, text),
    catalog.product_add(bigint, uuid, boolean, jsonb),
    catalog.product_change(bigint, text, uuid, boolean, bigint, jsonb),
    catalog.product_remove(bigint, text, uuid, boolean, bigint),
    catalog.category_list(bigint, int, text),
    catalog.category_show(bigint, text),
    catalog.category_add(bigint, uuid, boolean, jsonb),
    catalog.category_change(bigint, text, uuid, boolean, bigint, jsonb),
    catalog.category_remove(bigint, text, uuid, boolean, bigint)
    to shop_gateway;

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
