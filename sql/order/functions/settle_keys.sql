create or replace function "order".settle_keys(p_items jsonb[],
        p_answers api.answer[])
    returns void
    language plpgsql volatile
as $$
begin
    with done as (
        select (i.j ->> 'store')::bigint as store_id, i.j ->> 'actor' as actor,
               i.j ->> 'endpoint' as endpoint, i.j ->> 'key' as key,
               (p_answers[i.n]).*
        from unnest(p_items) with ordinality as i (j, n)
        where i.j ? 'key' and not (p_answers[i.n]).replayed
    ), gone as (
        -- nothing was created: the key may be used again
        delete from api.idempotency k using done d
        where k.store_id = d.store_id and k.actor = d.actor
            and k.endpoint = d.endpoint and k.key = d.key
            and k.status is null and d.status >= 400
    )
    update api.idempotency k
    set status = d.status, body = d.body, etag = d.etag,
        location = d.location
    from done d
    where k.store_id = d.store_id and k.actor = d.actor
        and k.endpoint = d.endpoint and k.key = d.key
        and k.status is null and d.status < 400;
end
$$;

comment on function "order".settle_keys is
    'keeps the answers of placed orders for their keys'' repeats';
