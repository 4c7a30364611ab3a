grant execute on function
    media.images(bigint, text, uuid, boolean, int, text),
    media.image_show(bigint, text, uuid, boolean, bigint),
    media.image_add(bigint, text, uuid, boolean, jsonb),
    media.image_change(bigint, text, uuid, boolean, bigint, bigint, jsonb),
    media.image_remove(bigint, text, uuid, boolean, bigint, bigint),
    media.image_order(bigint, text, uuid, boolean, bigint, jsonb),
    media.assets(bigint, uuid, boolean, text, int, text),
    media.asset_show(bigint, uuid, boolean, uuid),
    media.asset_add(bigint, uuid, boolean, jsonb),
    media.asset_change(bigint, uuid, boolean, uuid, bigint, text),
    media.asset_remove(bigint, uuid, boolean, uuid, bigint)
    to shop_gateway;

grant execute on function
    media.claim(text, interval),
    media.done(text, text, integer, integer, text, interval),
    media.remove_claim(interval, interval),
    media.remove_done(text[]),
    media.waiting(text[]),
    media.clean(integer)
    to shop_worker;
