grant execute on function
    store.node_state(),
    store.change(bigint, uuid, bigint, jsonb, inet, text)
    to shop_gateway;

grant select on store.store to shop_gateway, shop_worker, shop_reader;
grant select on store.host, store.origin, store.tax_class, store.tax_zone,
    store.tax_area, store.tax_rate to shop_gateway, shop_worker, shop_reader;
