create or replace function ops.job_clean(batch int)
    returns bigint
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    with old_jobs as (
        delete from ops.job j where j.id in (
            select k.id from ops.job k
            where k.finished_at < now() - interval '30 days'
            order by k.finished_at limit batch)
        returning j.upload_id
    ), old_uploads as (
        delete from ops.upload u where u.id in (
            select k.id from ops.upload k
            where k.created_at < now() - interval '1 hour'
            and not exists (
                select from ops.job j where j.upload_id = k.id
                and (j.finished_at is null
                     or j.finished_at > now() - interval '7 days'))
            order by k.created_at limit batch)
        returning 1
    )
    select (select count(*) from old_jobs)
           + (select count(*) from old_uploads)
$$;

comment on function ops.job_clean is
    'forgets jobs that ended 30 days ago, and what was sent for no job or for'
    ' one that ended a week ago; the worker''s';
