create or replace function catalog.import_errors(store bigint, id uuid,
        actor uuid, reader boolean, after bigint, size int)
    returns table (body text, next bigint)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    job ops.job;
    header text[];
    columns text[];
begin
    select j.* into job from ops.job j
        where j.id = import_errors.id and j.store_id = store
        and j.kind = 'products.import'
        and (reader or j.actor = import_errors.actor);
    if not found then
        perform api.fail('JB404', 'There is no such import.');
    end if;
    header := array(select jsonb_array_elements_text(job.state -> 'header'));
    columns := array(select jsonb_array_elements_text(
                         job.state -> 'columns'));
    return query
    with page as materialized (
        select e.* from ops.job_error e
        where e.job_id = job.id and e.line > after
        order by e.line limit size
    )
    select case when after < 0 then catalog.csv_line(
                    array['import_line', 'import_error'] || header)
                else '' end
           || coalesce((
               select string_agg(catalog.csv_line(array[p.line::text, (
                          select string_agg(concat_ws(' ', x ->> 'column',
                                     x ->> 'detail'), '; ')
                          from jsonb_array_elements(p.errors) as x)]
                      || array(
                          select case when c.name like '%.%' then p.cells
                              -> split_part(c.name, '.', 1)
                              ->> substr(c.name, strpos(c.name, '.') + 1)
                              else p.cells ->> c.name end
                          from unnest(columns) with ordinality as c (name, n)
                          order by c.n)), '' order by p.line)
               from page p), ''),
           case when (select count(*) from page) = size
                then (select max(p.line) from page p) end;
end
$$;

comment on function catalog.import_errors is
    'GET /imports/{id}/errors.csv, a piece after the other: rows that were'
    ' refused as they were, to be put right and sent again';
