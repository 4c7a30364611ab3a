grant execute on function
    shipping.options(jsonb),
    shipping.zone_list(bigint, int, text),
    shipping.zone_show(bigint, bigint),
    shipping.zone_add(bigint, uuid, text, jsonb),
    shipping.zone_change(bigint, bigint, uuid, text, bigint, jsonb),
    shipping.zone_remove(bigint, bigint, uuid, text, bigint),
    shipping.method_list(bigint, int, text),
    shipping.method_show(bigint, bigint),
    shipping.method_add(bigint, uuid, text, jsonb),
    shipping.method_change(bigint, bigint, uuid, text, bigint, jsonb),
    shipping.method_remove(bigint, bigint, uuid, text, bigint)
    to shop_gateway;
