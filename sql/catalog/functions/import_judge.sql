create or replace function catalog.import_judge(store store.store,
        seller uuid, inout rows catalog.import_row[],
        out wrong catalog.import_error[])
    language plpgsql volatile
as $$
declare
    found_now catalog.import_error[];
begin
    wrong := '{}';
    while cardinality(rows) > 0 loop
        rows := catalog.import_typed(store.id, catalog.import_match(
                                                   store.id, rows));
        found_now := catalog.import_check(store, seller, rows);
        exit when found_now is null;
        wrong := wrong || found_now;
        -- what is left may need what a refused row had: it is looked at again
        rows := array(
            select r from unnest(rows) as r
            where r.line not in (select f.line from unnest(found_now) as f)
            order by r.line);
    end loop;
end
$$;

comment on function catalog.import_judge is
    'rows that can be written, and what is wrong with the others';
