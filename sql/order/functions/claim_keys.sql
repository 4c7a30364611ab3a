create or replace function "order".claim_keys(p_items jsonb[])
    returns table (n int, answer api.answer, same int)
    language plpgsql volatile
as $$
#variable_conflict use_column
declare
    claimed int[];
begin
    -- sorted: two batches wait for each other in one direction only
    with item as (
        select i.n, (i.j ->> 'store')::bigint as store_id,
               i.j ->> 'actor' as actor, i.j ->> 'endpoint' as endpoint,
               i.j ->> 'key' as key, i.j ->> 'fingerprint' as fingerprint
        from unnest(p_items) with ordinality as i (j, n)
        where i.j ? 'key'
    ), one as (
        select distinct on (store_id, actor, endpoint, key) *
        from item order by store_id, actor, endpoint, key, n
    ), mine as (
        insert into api.idempotency as i
            (store_id, actor, endpoint, key, fingerprint)
        select store_id, actor, endpoint, key, fingerprint from one
        order by store_id, actor, endpoint, key
        on conflict on constraint idempotency_pkey do update
        set fingerprint = excluded.fingerprint, status = null, body = null,
            etag = null, location = null, created_at = now()
        where i.created_at < now() - interval '24 hours'
        returning i.store_id, i.actor, i.endpoint, i.key
    )
    select array_agg(one.n) into claimed
    from one join mine using (store_id, actor, endpoint, key);

    -- a new statement sees what the others have committed meanwhile
    return query
    select i.n::int, case when i.j ->> 'fingerprint' <> k.fingerprint
        then "order".refusal('idempotency_mismatch')
        when k.status is not null
        then (k.status, k.body, k.etag, k.location, null, true)::api.answer
        end,
        (select min(s.n)::int from unnest(p_items) with ordinality as s (j, n)
         where s.n = any (claimed) and s.j ->> 'key' = k.key
             and s.j ->> 'store' = i.j ->> 'store'
             and s.j ->> 'actor' = k.actor
             and s.j ->> 'endpoint' = k.endpoint)
    from unnest(p_items) with ordinality as i (j, n)
    join api.idempotency k on k.store_id = (i.j ->> 'store')::bigint
        and k.actor = i.j ->> 'actor' and k.endpoint = i.j ->> 'endpoint'
        and k.key = i.j ->> 'key'
    where i.n <> all (claimed) or claimed is null;
end
$$;

comment on function "order".claim_keys is
    'claims the Idempotency-Keys of a batch; answers what has been answered,'
    ' or was asked for otherwise; same: the item of the batch that has the key';
