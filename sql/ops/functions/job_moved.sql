create or replace function ops.job_moved(job ops.job)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    update ops.job j
        set state = job.state, place = job.place, rows_done = job.rows_done,
            created = job.created, updated = job.updated,
            failed = job.failed, size = job.size, tries = 0,
            status = job.status, error = job.error,
            finished_at = case when job.status <> 'running' then now() end,
            lease = case when job.status = 'running' then j.lease end,
            lease_until = case when job.status = 'running'
                          then now() + interval '15 s' end,
            version = j.version + 1
        where j.id = job.id and j.lease = job.lease and j.status = 'running';
    if not found then
        perform api.fail('JB409', 'The job is not this worker''s any more.');
    end if;
    if job.status = 'done' then
        delete from ops.upload u where u.id = job.upload_id;
    end if;
    if job.status <> 'running' then
        perform ops.record(job.store_id, job.actor, job.kind || '.'
            || job.status, 'job:' || job.id, null, jsonb_build_object(
                'options', job.options, 'rows', job.rows_done,
                'created', job.created, 'updated', job.updated,
                'failed', job.failed, 'error', job.error));
    end if;
end
$$;

comment on function ops.job_moved is
    'a step is done: what it changed of the job, in its own transaction, which'
    ' ends here when the job was stopped or taken over meanwhile';
