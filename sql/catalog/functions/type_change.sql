create or replace function catalog.type_change(store bigint, ref text,
        actor uuid, manager boolean, if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old catalog.product_type;
    new catalog.product_type;
begin
    perform catalog.must_manage(actor, manager);
    perform catalog.type_coded(document);
    select t.* into old from catalog.product_type t
        where t.id = catalog.type_find(store, ref) for no key update;
    if not found then
        perform api.fail('ZZ404', 'There is no such product type.');
    end if;
    if old.version <> if_version then
        perform api.fail('AP412', 'The type has changed meanwhile.');
    end if;
    if document ? 'attributes' then
        perform catalog.put_attributes(old.id, document -> 'attributes');
    end if;
    update catalog.product_type t
        set code = coalesce(document ->> 'code', old.code),
            name = coalesce(document ->> 'name', old.name),
            metadata = coalesce(document -> 'metadata', old.metadata),
            translations = catalog.translated(store, old.translations,
                document -> 'translations', 'type'),
            version = t.version + 1, updated_at = now()
        where t.id = old.id returning t.* into new;
    perform ops.record(store, actor, 'type.change', 'type:' || old.id,
                       to_jsonb(old), document);
    -- its products show its name and attributes, and are filtered by them
    if document ?| array['code', 'name', 'attributes', 'translations'] then
        perform catalog.render_below(null, old.id);
    end if;
    perform ops.notify_drop(catalog.name_tags(store));
    return row(200, catalog.type_json(new), new.version::text, null::text,
               catalog.name_tags(store), false)::api.answer;
exception
    when unique_violation then
        perform api.fail('PT409', 'Another type has this code.');
    when check_violation then
        perform api.fail('PR422', 'Lower-case letters, digits, _ and -.',
                         '/code');
end
$$;

comment on function catalog.type_change is
    'PATCH /product-types/{id}: products keep the attributes they have; those'
    ' that no longer fit are told when the product is changed next';
