grant select on shipping.zone, shipping.area, shipping.method, shipping.rate
    to shop_gateway, shop_worker, shop_reader;
