create or replace function catalog.import_step(job uuid, lease uuid,
        lines jsonb, place bigint, line bigint, finished boolean)
    returns table (held boolean)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
    set enable_hashjoin = on
as $$
#variable_conflict use_variable
declare
    mine ops.job := ops.job_held(job, lease);
    store store.store;
    seller uuid;
    rows catalog.import_row[];
    wrong catalog.import_error[];
    news bigint;
begin
    if mine.id is null then
        return query select false;
        return;
    end if;
    select s.* into strict store from store.store s
        where s.id = mine.store_id;
    seller := case when (mine.state ->> 'seller')::boolean then mine.actor end;
    rows := array(select row(x.line, coalesce(x.cells, '{}'), x.bad, null,
                             null, null, null)::catalog.import_row
                  from jsonb_to_recordset(lines)
                      as x (line bigint, cells jsonb, bad text)
                  order by x.line);

    select * into rows, wrong
        from catalog.import_judge(store, seller, rows);
    if not coalesce((mine.options ->> 'dry_run')::boolean, false)
       and cardinality(rows) > 0
    then
        wrong := wrong || catalog.import_write(store, mine, seller, rows);
    end if;
    perform catalog.import_refuse(job, lines, wrong);

    select count(*) filter (where r.made) into news
        from unnest(rows) as r
        where r.line not in (select w.line from unnest(wrong) as w);
    mine.failed := mine.failed + (select count(distinct w.line)
                                  from unnest(wrong) as w);
    mine.created := mine.created + news;
    mine.rows_done := mine.rows_done + jsonb_array_length(lines);
    mine.updated := mine.rows_done - mine.created - mine.failed;
    mine.place := least(place, mine.size);
    mine.state := mine.state || jsonb_build_object('line', line);
    if finished and not mine.state ? 'columns' then
        mine.status := 'failed';
        mine.error := 'The first line has to name the columns.';
    elsif finished then
        mine.status := 'done';
    end if;
    perform ops.job_moved(mine);
    return query select true;
end
$$;

comment on function catalog.import_step is
    'rows of a file, and where the next one is, in one transaction; false:'
    ' the job was cancelled, or another worker has it';
