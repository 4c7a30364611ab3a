grant execute on function
    inventory.update(bigint, uuid, boolean, jsonb),
    inventory.show(bigint, text, boolean, uuid, boolean),
    inventory.movements(bigint, text, uuid, boolean, int, text)
    to shop_gateway;

grant execute on function inventory.verify() to shop_worker, shop_reader;

grant select on inventory.stock, inventory.warehouse, inventory.shown
    to shop_gateway, shop_worker, shop_reader;
grant select on inventory.movement, inventory.reservation
    to shop_worker, shop_reader;
