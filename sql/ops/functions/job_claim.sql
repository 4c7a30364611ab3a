create or replace function ops.job_claim(kind text, lease_time interval)
    returns table (id uuid, lease uuid, place bigint, options text,
        state text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    job ops.job;
begin
    -- one of a kind at a time in a store: they would be in each other's way
    select j.* into job from ops.job j
        where j.kind = job_claim.kind
        and (j.status = 'queued'
             or j.status = 'running' and j.lease_until < now())
        and not exists (
            select from ops.job o
            where o.store_id = j.store_id and o.kind = j.kind
            and o.status = 'running' and o.lease_until >= now()
            and o.id <> j.id)
        order by j.created_at, j.id
        limit 1
        for no key update skip locked;
    if not found then
        return;
    end if;
    return query
    update ops.job j
        set status = 'running', lease = gen_random_uuid(),
            lease_until = now() + lease_time,
            started_at = coalesce(j.started_at, now()),
            version = j.version + 1
        where j.id = job.id
        returning j.id, j.lease, j.place, j.options::text, j.state::text;
end
$$;

comment on function ops.job_claim is
    'the oldest job of a kind that nobody has, or that had a worker which'
    ' let its lease end';
