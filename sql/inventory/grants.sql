grant execute on function
    inventory.update(bigint, uuid, boolean, bigint, jsonb),
    inventory.update_many(bigint, uuid, boolean, jsonb),
    inventory.show(bigint, text, boolean, uuid, boolean),
    inventory.list(bigint, uuid, boolean, text, boolean, boolean, int, text),
    inventory.movements(bigint, text, uuid, boolean, int, text),
    inventory.reservations(bigint, uuid, boolean, uuid, text, boolean, int,
                           text),
    inventory.checked(),
    inventory.live_open(bigint, bigint, bigint),
    inventory.live_read(bigint[], bigint[]),
    inventory.warehouse_list(bigint, int, text),
    inventory.warehouse_show(bigint, text),
    inventory.warehouse_add(bigint, uuid, jsonb),
    inventory.warehouse_change(bigint, text, uuid, bigint, jsonb),
    inventory.warehouse_remove(bigint, text, uuid, bigint),
    inventory.transfer_list(bigint, text, text, int, text),
    inventory.transfer_show(bigint, bigint),
    inventory.transfer_add(bigint, uuid, jsonb),
    inventory.transfer_change(bigint, bigint, uuid, bigint, jsonb),
    inventory.transfer_send(bigint, bigint, uuid, bigint),
    inventory.transfer_receive(bigint, bigint, uuid, bigint, jsonb),
    inventory.transfer_cancel(bigint, bigint, uuid, bigint),
    inventory.count_list(bigint, text, text, int, text),
    inventory.count_show(bigint, bigint),
    inventory.count_lines(bigint, bigint, boolean, int, text),
    inventory.count_add(bigint, uuid, jsonb),
    inventory.count_change(bigint, bigint, uuid, bigint, jsonb),
    inventory.count_put(bigint, bigint, uuid, jsonb),
    inventory.count_apply(bigint, bigint, uuid, bigint),
    inventory.count_cancel(bigint, bigint, uuid, bigint)
    to shop_gateway;

grant execute on function inventory.verify() to shop_worker, shop_reader;
grant execute on function inventory.check() to shop_worker;

grant select on inventory.stock, inventory.warehouse, inventory.shown
    to shop_gateway, shop_worker, shop_reader;
grant select on inventory.movement, inventory.reservation, inventory.transfer,
    inventory.transfer_line, inventory.stock_count, inventory.stock_count_line
    to shop_worker, shop_reader;
