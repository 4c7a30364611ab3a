create or replace function catalog.import_begin(job uuid, lease uuid,
        header jsonb)
    returns table (columns text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    held ops.job := ops.job_held(job, lease);
    store store.store;
    names constant text[] := array(select jsonb_array_elements_text(header));
    known record;
begin
    if held.id is null then
        return;
    end if;
    select s.* into strict store from store.store s
        where s.id = held.store_id;
    select * into strict known from catalog.import_columns(store, names,
        held.state -> 'mapping');
    if known.wrong is not null then
        held.status := 'failed';
        held.error := known.wrong;
    end if;
    held.state := held.state || jsonb_build_object('header', names,
                                                   'columns', known.columns);
    perform ops.job_moved(held);
    if known.wrong is null then
        return query select to_json(known.columns)::text;
    end if;
end
$$;

comment on function catalog.import_begin is
    'the first line of a file: what its columns are; no row: it is no file of'
    ' products, which the job now says, or the job is not this worker''s';
