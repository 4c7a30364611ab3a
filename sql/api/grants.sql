grant execute on function
    api.fail(text, text, text),
    api.money(bigint, text),
    api.time(timestamptz),
    api.cursor_encode(text),
    api.cursor_decode(text)
    to shop_gateway, shop_worker, shop_reader;

grant execute on function
    api.idempotent(bigint, text, text, text, text, text, text[]),
    api.idempotency_begin(bigint, text, text, text, text),
    api.idempotency_end(bigint, text, text, text, api.answer)
    to shop_gateway;

grant execute on function api.idempotency_clean(int) to shop_worker;

grant select on api.currency to shop_gateway, shop_worker, shop_reader;
