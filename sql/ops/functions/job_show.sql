create or replace function ops.job_show(store bigint, id uuid, kinds text,
        actor uuid, reader boolean)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select (ops.job_body(j) || case when j.kind like '%.import' then
               jsonb_build_object('errors', coalesce((
                   select jsonb_agg(jsonb_build_object('line', e.line,
                              'column', x ->> 'column',
                              'detail', x ->> 'detail') order by e.line)
                   from (select * from ops.job_error k where k.job_id = j.id
                         order by k.line limit 20) as e,
                        jsonb_array_elements(e.errors) as x), '[]'))
               else '{}' end)::text,
           j.version::text
    from ops.job j
    where j.id = job_show.id and j.store_id = job_show.store
    and j.kind like job_show.kinds
    and (job_show.reader or j.actor = job_show.actor)
$$;

comment on function ops.job_show is
    'GET /jobs/{id} and /imports/{id}: of an import the first rows that were'
    ' refused, too';
