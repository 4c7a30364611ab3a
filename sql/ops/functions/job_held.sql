create or replace function ops.job_held(job uuid, lease uuid)
    returns ops.job
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    held ops.job;
begin
    select j.* into held from ops.job j
        where j.id = job and j.lease = lease and j.status = 'running';
    return held;
end
$$;

comment on function ops.job_held is
    'a job if it is that worker''s, else null; it is not locked, so that whoever'
    ' stops it need not wait for a step: job_moved() looks again';
