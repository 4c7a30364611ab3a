grant execute on function
    wishlist.lists(bigint, uuid),
    wishlist.add(bigint, uuid, jsonb),
    wishlist.show(bigint, uuid, text),
    wishlist.change(bigint, uuid, text, bigint, jsonb),
    wishlist.remove(bigint, uuid, text, bigint),
    wishlist.items(bigint, uuid, text, text, int, text),
    wishlist.add_item(bigint, uuid, text, jsonb),
    wishlist.change_item(bigint, uuid, text, bigint, jsonb),
    wishlist.remove_item(bigint, uuid, text, bigint),
    wishlist.shared(bigint, uuid),
    wishlist.shared_items(bigint, uuid, text, int, text),
    wishlist.notice_add(bigint, uuid, text, text, text),
    wishlist.notices(bigint, uuid),
    wishlist.notice_remove(bigint, uuid, uuid)
    to shop_gateway;

grant execute on function
    wishlist.take(jsonb),
    wishlist.tell(integer),
    wishlist.clean(integer)
    to shop_worker;
