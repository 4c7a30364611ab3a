grant execute on function
    review.list(bigint, text, int, text, text, int),
    review.add(bigint, uuid, text, jsonb),
    review.show(bigint, bigint, uuid, boolean, boolean),
    review.change(bigint, bigint, uuid, boolean, boolean, bigint, jsonb, inet,
                  text),
    review.remove(bigint, bigint, uuid, boolean, bigint, inet, text),
    review.mine(bigint, uuid, int, text),
    review.queue(bigint, uuid, boolean, text, text, int, boolean, int, text),
    review.vote(bigint, bigint, uuid, boolean),
    review.report(bigint, bigint, uuid, text, text),
    review.reports(bigint, bigint, uuid, boolean, int, text),
    review.settings_show(bigint),
    review.settings_change(bigint, uuid, bigint, jsonb, inet, text),
    review.preferences(bigint, uuid),
    review.change_preferences(bigint, uuid, boolean)
    to shop_gateway;

grant execute on function review.take(jsonb), review.ask(integer)
    to shop_worker;
