grant execute on function
    notification.take(jsonb),
    notification.claim(integer, interval, text),
    notification.delivery_token(uuid, bytea),
    notification.delivery_done(uuid, text, text, interval),
    notification.delivery_sent(uuid[]),
    notification.clean(integer)
    to shop_worker;

grant execute on function notification.unsubscribe(uuid) to shop_gateway;
