create or replace function catalog.type_add(store bigint, actor uuid,
        manager boolean, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    made catalog.product_type;
begin
    perform catalog.must_manage(actor, manager);
    perform catalog.type_coded(document);
    insert into catalog.product_type (store_id, code, name, metadata,
                                      translations)
    values (store, document ->> 'code', document ->> 'name',
            coalesce(document -> 'metadata', '{}'),
            catalog.translated(store, '{}', document -> 'translations',
                               'type'))
    returning * into made;
    perform catalog.put_attributes(made.id, document -> 'attributes');
    perform ops.record(store, actor, 'type.add', 'type:' || made.id, null,
                       document);
    return row(201, catalog.type_json(made), made.version::text,
               '/api/v1/product-types/' || made.id, null::text,
               false)::api.answer;
exception
    when unique_violation then
        perform api.fail('PT409', 'Another type has this code.');
    when check_violation then
        perform api.fail('PR422', 'Lower-case letters, digits, _ and -.',
                         '/code');
end
$$;

comment on function catalog.type_add is 'POST /product-types';
