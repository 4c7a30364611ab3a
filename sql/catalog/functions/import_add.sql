create or replace function catalog.import_add(store bigint, actor uuid,
        manager boolean, document jsonb, upload uuid, key text,
        fingerprint text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    answer api.answer;
    job ops.job;
    size bigint;
    route constant text := 'POST /api/v1/imports/products';
    whose constant text := 'user:' || actor;
begin
    if key is not null then
        answer := api.idempotency_begin(store, whose, route, key,
                                        fingerprint);
        if answer.replayed then
            delete from ops.upload u where u.id = upload;
            return answer;
        end if;
    end if;

    select max(p.start + octet_length(p.data)) into size
        from ops.upload_part p join ops.upload u on u.id = p.upload_id
        where u.id = upload and u.store_id = store;
    if size is null then
        perform api.fail('ZZ422', 'The body has no row.');
    end if;
    insert into ops.job (store_id, kind, actor, options, state, upload_id,
                         size)
    values (store, 'products.import', actor,
            document - 'columns', jsonb_build_object(
                'mapping', coalesce(document -> 'columns', '{}'),
                'seller', not manager
                          and 'seller' = any (identity.roles_of(actor)),
                'line', 1),
            upload, size)
    returning * into job;
    perform ops.record(store, actor, 'job.add', 'job:' || job.id, null,
                       document);
    answer := row(202, ops.job_body(job)::text, job.version::text,
                  '/api/v1/imports/' || job.id, null::text,
                  false)::api.answer;
    if key is not null then
        perform api.idempotency_end(store, whose, route, key, answer);
    end if;
    return answer;
end
$$;

comment on function catalog.import_add is
    'POST /imports/products, when all of the body was sent';
