grant execute on function
    page.home(bigint, uuid, text),
    page.product(bigint, uuid, text, text),
    page.category(bigint, uuid, text, text),
    page.search(bigint, uuid, text, text, text, text, text, jsonb, text, text,
                text),
    page.plain(bigint, uuid, text, text),
    page.member(bigint, uuid, text, text, text),
    page."order"(bigint, uuid, uuid, text, text),
    page.theme(bigint, text),
    page.sitemap(bigint, text)
    to shop_gateway;
