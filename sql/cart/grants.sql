grant execute on function cart.answer(jsonb, bigint, bigint, text)
    to shop_gateway;
