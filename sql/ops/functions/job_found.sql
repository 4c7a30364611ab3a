create or replace function ops.job_found(store bigint, id uuid, kinds text,
        actor uuid, reader boolean)
    returns ops.job
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    job ops.job;
begin
    select j.* into job from ops.job j
        where j.id = id and j.store_id = store and j.kind like kinds
        and (reader or j.actor = actor)
        for no key update;
    if not found then
        perform api.fail('JB404', 'There is no such job.');
    end if;
    return job;
end
$$;

comment on function ops.job_found is
    'a job that is the actor''s, or anybody''s for readers, for its change';
