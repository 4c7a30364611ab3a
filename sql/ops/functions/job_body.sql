create or replace function ops.job_body(job ops.job)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', job.id,
        'kind', job.kind,
        'status', job.status,
        'options', job.options,
        'progress', case when job.status = 'done' then 100
            when job.size = 0 then 0 else job.place * 100 / job.size end,
        'rows', jsonb_build_object('done', job.rows_done,
            'created', job.created, 'updated', job.updated,
            'failed', job.failed),
        'error', job.error,
        'actor', job.actor,
        'created_at', api.time(job.created_at),
        'started_at', api.time(job.started_at),
        'finished_at', api.time(job.finished_at))
$$;

comment on function ops.job_body is 'a job as the API shows it';
