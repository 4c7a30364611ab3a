grant execute on function
    payment.show(bigint, uuid, uuid, uuid, boolean),
    payment.sandbox(bigint, uuid, text, uuid, uuid, boolean),
    payment.apply_fact(text, text, uuid, text, bigint, jsonb, text)
    to shop_gateway;

grant execute on function
    payment.attempt_begin(jsonb),
    payment.attempt_claim(int, interval, text),
    payment.attempt_done(jsonb),
    payment.apply_fact(text, text, uuid, text, bigint, jsonb, text)
    to shop_worker;
