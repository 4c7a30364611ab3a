grant execute on function shipping.options(jsonb) to shop_gateway;
