grant execute on function
    search.list(bigint, text, text, text, bigint, bigint, boolean, jsonb, text,
                int, text, text, text),
    search.suggest(bigint, text, text, int, text),
    search.synonym_list(bigint, text, int, text),
    search.synonym_add(bigint, uuid, jsonb),
    search.synonym_show(bigint, bigint),
    search.synonym_change(bigint, bigint, uuid, bigint, jsonb),
    search.synonym_remove(bigint, bigint, uuid, bigint),
    search.missed_list(bigint, int, int, text)
    to shop_gateway;

grant execute on function search.count_sales(), search.clean(int)
    to shop_worker;
