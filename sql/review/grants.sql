grant execute on function review.list(bigint, text, int, text)
    to shop_gateway;
