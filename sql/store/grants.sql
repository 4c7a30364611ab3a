grant execute on function
    store.node_state(),
    store.change(bigint, uuid, bigint, jsonb, inet, text),
    store.tax_class_list(bigint, int, text),
    store.tax_class_show(bigint, text),
    store.tax_class_add(bigint, uuid, text, text, text),
    store.tax_class_change(bigint, text, uuid, text, bigint, text),
    store.tax_class_remove(bigint, text, uuid, text, bigint),
    store.tax_zone_list(bigint, int, text),
    store.tax_zone_show(bigint, bigint),
    store.tax_zone_add(bigint, uuid, text, jsonb),
    store.tax_zone_change(bigint, bigint, uuid, text, bigint, jsonb),
    store.tax_zone_remove(bigint, bigint, uuid, text, bigint),
    store.exemption_list(bigint, uuid, int, text),
    store.exemption_show(bigint, bigint),
    store.exemption_add(bigint, uuid, text, jsonb),
    store.exemption_change(bigint, bigint, uuid, text, bigint, jsonb),
    store.exemption_remove(bigint, bigint, uuid, text, bigint),
    store.vat_id_show(bigint, text),
    store.vat_id_ask(bigint, text)
    to shop_gateway;

grant select on store.store to shop_gateway, shop_worker, shop_reader;
grant select on store.host, store.origin, store.tax_class, store.tax_zone,
    store.tax_area, store.tax_rate to shop_gateway, shop_worker, shop_reader;

grant execute on function
    store.vat_id_claim(int, interval),
    store.vat_id_done(text, int, text, interval, int),
    store.vat_id_clean(int)
    to shop_worker;

grant execute on function
    store.rate_list(bigint),
    store.rate_show(bigint, text),
    store.rate_change(bigint, text, uuid, bigint, jsonb)
    to shop_gateway;

grant execute on function
    store.rates_take(text),
    store.convert_step(uuid, uuid, int)
    to shop_worker;
