create or replace function api.idempotency_begin(store_id bigint, actor text,
        endpoint text, key text, fingerprint text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    seen api.idempotency;
begin
    -- waits for a request of the same key that is under way
    insert into api.idempotency as i
        (store_id, actor, endpoint, key, fingerprint)
        values (store_id, coalesce(actor, ''), endpoint, key, fingerprint)
        on conflict on constraint idempotency_pkey do update
        set fingerprint = excluded.fingerprint, status = null, body = null,
            etag = null, location = null, created_at = now()
        where i.created_at < now() - interval '24 hours';
    if found then
        return null;
    end if;
    select i.* into strict seen from api.idempotency i
        where i.store_id = idempotency_begin.store_id
        and i.actor = coalesce(idempotency_begin.actor, '')
        and i.endpoint = idempotency_begin.endpoint
        and i.key = idempotency_begin.key;
    if seen.fingerprint <> fingerprint then
        perform api.fail('ZI422',
            'This Idempotency-Key was used with another request.');
    end if;
    return row(seen.status, seen.body, seen.etag, seen.location,
               null::text, true)::api.answer;
end
$$;

comment on function api.idempotency_begin is
    'claims a key for this transaction and gives null, or gives the answer of'
    ' the first request; another request with the key raises ZI422';
