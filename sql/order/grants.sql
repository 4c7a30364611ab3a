grant execute on function
    "order".place_orders(jsonb[]),
    "order".find(uuid),
    "order".one(bigint, uuid, uuid, uuid, boolean),
    "order".list(bigint, uuid, boolean, text, int, text),
    "order".cancel(bigint, uuid, uuid, uuid, boolean, text),
    "order".receipt(bigint, uuid),
    "order".refund_list(bigint, uuid),
    "order".refund_add(bigint, uuid, uuid, jsonb, inet, text),
    "order".live_open(uuid, uuid, uuid, boolean, bigint),
    "order".live_read(uuid[], bigint[])
    to shop_gateway;

grant execute on function "order".expire(int) to shop_worker;
