grant execute on function
    search.list(bigint, text, text, text, bigint, bigint, boolean, jsonb, text,
                int, text),
    search.suggest(bigint, text, text, int)
    to shop_gateway;
