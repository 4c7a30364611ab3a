grant execute on function
    cart.answers(jsonb[], bigint[], bigint[], text[]),
    cart.answer_once(jsonb, text, uuid, text, text),
    cart.find_item(bigint, text, text)
    to shop_gateway;
