grant execute on function ops.notify_drop(text), ops.notify_state()
    to shop_gateway, shop_worker;

grant execute on function
    ops.audit_list(uuid, text, text, timestamptz, timestamptz, integer, text)
    to shop_gateway;

grant select on ops.outbox to shop_worker;
grant execute on function
    ops.outbox_read(integer),
    ops.tags_of(text, bigint, text, jsonb),
    ops.outbox_ahead(bigint, integer),
    ops.outbox_done(bigint[]),
    ops.inbox_clean(integer),
    ops.dead_letter(text, text, text, text)
    to shop_worker;
