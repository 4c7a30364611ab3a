grant execute on function ops.notify_drop(text), ops.notify_state()
    to shop_gateway, shop_worker;
