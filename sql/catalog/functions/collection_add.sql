create or replace function catalog.collection_add(store bigint, actor uuid,
        manager boolean, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    c catalog.collection;
begin
    perform catalog.must_manage(actor, manager);
    c := jsonb_populate_record(c, document
        - array['id', 'slug', 'translations', 'products']);
    c.id := nextval(pg_get_serial_sequence('catalog.collection', 'id'));
    c.store_id := store;
    c.kind := case when c.rule is null then 'manual' else 'rule' end;
    c.slug := catalog.collection_slug(store, document ->> 'slug', c.name,
                                      c.id);
    c.description := coalesce(c.description, '');
    c.sort := coalesce(c.sort, 'manual');
    c.published := coalesce(c.published, true);
    c.position := coalesce(c.position, 0);
    c.seo := coalesce(c.seo, '{}');
    c.metadata := coalesce(c.metadata, '{}');
    c.translations := catalog.translated(store, '{}',
        document -> 'translations', 'collection');
    c.version := 1;
    c.created_at := now();
    c.updated_at := now();
    c := catalog.collection_checked(c, document);
    insert into catalog.collection values (c.*);
    perform catalog.slug_left(store, 'collection', c.id, null, c.slug);
    c.filled_to := catalog.collection_made(c, document);
    perform ops.record(store, actor, 'collection.add', 'collection:' || c.id,
                       null, document);
    perform ops.notify_drop('catalog:' || store);
    return row(201, catalog.collection_json(c), c.version::text,
               '/api/v1/collections/' || c.id, 'catalog:' || store,
               false)::api.answer;
exception when unique_violation then
    perform api.fail('PU409', 'Another collection has this slug.');
end
$$;

comment on function catalog.collection_add is
    'POST /collections: by rule when it has one, else by hand';
