create or replace function ops.job_held(job uuid, lease uuid)
    returns ops.job
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    held ops.job;
begin
    select j.* into held from ops.job j
        where j.id = job and j.lease = lease and j.status = 'running'
        for no key update;
    return held;
end
$$;

comment on function ops.job_held is
    'a job, locked, if it is still that worker''s; else null';
