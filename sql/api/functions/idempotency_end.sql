create or replace function api.idempotency_end(store_id bigint, actor text,
        endpoint text, key text, answer api.answer)
    returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    update api.idempotency as i
    set status = answer.status, body = answer.body, etag = answer.etag,
        location = answer.location
    where i.store_id = idempotency_end.store_id
    and i.actor = coalesce(idempotency_end.actor, '')
    and i.endpoint = idempotency_end.endpoint
    and i.key = idempotency_end.key
$$;

comment on function api.idempotency_end is
    'keeps the answer of a request for its repeats';
