create or replace function ops.job_cancel(store bigint, id uuid, kinds text,
        actor uuid, reader boolean, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    job ops.job := ops.job_found(store, id, kinds, actor, reader);
begin
    if job.version <> if_version then
        perform api.fail('AP412', 'The job has changed meanwhile.');
    end if;
    if job.status not in ('queued', 'running') then
        perform api.fail('JB409', 'The job has ended already.');
    end if;
    update ops.job j
        set status = 'cancelled', finished_at = now(), lease = null,
            lease_until = null, version = j.version + 1
        where j.id = job.id returning j.* into job;
    perform ops.record(store, actor, 'job.cancel', 'job:' || job.id, null,
                       null);
    return row(200, ops.job_body(job)::text, job.version::text, null::text,
               null::text, false)::api.answer;
end
$$;

comment on function ops.job_cancel is
    'POST /jobs/{id}/cancel: what its steps have done stays';
