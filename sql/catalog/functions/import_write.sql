create or replace function catalog.import_write(store store.store,
        job ops.job, seller uuid, rows catalog.import_row[])
    returns catalog.import_error[]
    language plpgsql volatile
as $$
declare
    columns constant text[] := array(
        select jsonb_array_elements_text(job.state -> 'columns'));
    wrong catalog.import_error[] := '{}';
    state text;
    message text;
    part catalog.import_row[];
begin
    begin
        perform catalog.import_apply(store, job.actor, seller, columns, rows);
        return wrong;
    exception when others then
        if sqlstate ~ '^(08|40|53|55|57|58|XX)' then
            raise;
        end if;
    end;
    -- some row meets what another transaction did: a product at a time
    for part in
        select array_agg(r order by r.line) from unnest(rows) as r
        group by r.product_id order by min(r.line)
    loop
        begin
            perform catalog.import_apply(store, job.actor, seller, columns,
                                         part);
        exception when others then
            get stacked diagnostics state = returned_sqlstate,
                                    message = message_text;
            if state ~ '^(08|40|53|55|57|58|XX)' then
                raise;
            end if;
            wrong := wrong || array(
                select row(r.line, null, case when state ~ '^[5-9I-Z]'
                    then message
                    when state = '23505'
                    then 'its slug or SKU was taken meanwhile'
                    else 'was refused: ' || message
                    end)::catalog.import_error
                from unnest(part) as r);
        end;
    end loop;
    return wrong;
end
$$;

comment on function catalog.import_write is
    'writes rows together, or if that is refused each product by itself:'
    ' what could not be written';
