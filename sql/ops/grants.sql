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

grant execute on function
    ops.upload_part(uuid, bigint, uuid, bigint, text),
    ops.job_list(bigint, text, uuid, boolean, text, text, int, text),
    ops.job_show(bigint, uuid, text, uuid, boolean),
    ops.job_cancel(bigint, uuid, text, uuid, boolean, bigint),
    ops.job_retry(bigint, uuid, uuid, bigint)
    to shop_gateway;

grant execute on function
    ops.job_claim(text, interval),
    ops.job_stumbled(uuid, uuid, text, int, interval),
    ops.upload_read(uuid, uuid, bigint),
    ops.job_clean(int)
    to shop_worker;

grant execute on function ops.note(jsonb) to shop_gateway;
