grant execute on function recommendation.show(bigint, text, text, int, text)
    to shop_gateway;

grant execute on function
    recommendation.take(jsonb),
    recommendation.learn(integer),
    recommendation.clean(integer)
    to shop_worker;
