create or replace function catalog.import_refuse(job uuid, lines jsonb,
        wrong catalog.import_error[])
    returns void
    language sql volatile
as $$
    insert into ops.job_error (job_id, line, errors, cells)
    select job, w.line, w.errors, coalesce(x.cells, '{}')
    from (select u.line, jsonb_agg(jsonb_build_object('column', u.name,
                     'detail', u.detail)) as errors
          from unnest(wrong) as u group by u.line) as w
    left join jsonb_to_recordset(lines) as x (line bigint, cells jsonb)
        on x.line = w.line
    on conflict do nothing
$$;

comment on function catalog.import_refuse is
    'keeps rows that were refused, with what is wrong with them';
