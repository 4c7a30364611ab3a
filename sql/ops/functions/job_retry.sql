create or replace function ops.job_retry(store bigint, id uuid, actor uuid,
        if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    job ops.job := ops.job_found(store, id, '%', actor, true);
begin
    if job.version <> if_version then
        perform api.fail('AP412', 'The job has changed meanwhile.');
    end if;
    if job.status not in ('failed', 'cancelled') then
        perform api.fail('JB409', 'Only a job that failed or was cancelled'
                         ' can go on.');
    end if;
    if job.size > 0 and job.upload_id is null then
        perform api.fail('JB409', 'What was sent for this job is not kept any'
                         ' more.');
    end if;
    update ops.job j
        set status = 'queued', finished_at = null, error = null, tries = 0,
            version = j.version + 1
        where j.id = job.id returning j.* into job;
    perform ops.record(store, actor, 'job.retry', 'job:' || job.id, null,
                       null);
    return row(200, ops.job_body(job)::text, job.version::text, null::text,
               null::text, false)::api.answer;
end
$$;

comment on function ops.job_retry is
    'POST /jobs/{id}/retry: goes on where it was';
