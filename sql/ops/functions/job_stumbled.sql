create or replace function ops.job_stumbled(job uuid, lease uuid, error text,
        tries int, pause interval)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    held ops.job := ops.job_held(job, lease);
begin
    if held.id is null then
        return 0;
    end if;
    if held.tries + 1 >= tries then
        held.status := 'failed';
        held.error := left(error, 500);
        perform ops.job_moved(held);
        return 1;
    end if;
    -- nobody takes it before the lease ends
    update ops.job j
        set tries = j.tries + 1, lease = null, lease_until = now() + pause
        where j.id = job and j.lease = lease;
    return 0;
end
$$;

comment on function ops.job_stumbled is
    'a step failed: again after a pause, or for good after so many tries (1)';
