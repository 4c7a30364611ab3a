create or replace function catalog.import_remove(store bigint, id uuid,
        actor uuid, reader boolean, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    job ops.job := ops.job_found(store, id, 'products.import', actor, reader);
begin
    if job.version <> if_version then
        perform api.fail('AP412', 'The import has changed meanwhile.');
    end if;
    if job.status in ('queued', 'running') then
        perform ops.job_cancel(store, id, 'products.import', actor, reader,
                               null);
    else
        delete from ops.upload u where u.id = job.upload_id;
        delete from ops.job j where j.id = job.id;
        perform ops.record(store, actor, 'job.remove', 'job:' || job.id,
                           null, null);
    end if;
    return row(204, null::text, null::text, null::text, null::text,
               false)::api.answer;
end
$$;

comment on function catalog.import_remove is
    'DELETE /imports/{id}: cancels one that is under way (what it has written'
    ' stays), forgets one that has ended';
