create or replace function catalog.category_add(store bigint, actor uuid,
        manager boolean, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    id bigint := nextval(pg_get_serial_sequence('catalog.category', 'id'));
    parent bigint;
    made catalog.category;
begin
    if not catalog.may_change(null, actor, manager) then
        perform api.fail('PR403', 'Categories are not for sellers to change.');
    end if;
    perform media.check_address(document ->> 'image', '/image');
    if document ->> 'parent_id' is not null then
        parent := catalog.category_find(store, document ->> 'parent_id');
        if parent is null then
            perform api.fail('PR422', 'There is no such category.',
                             '/parent_id');
        end if;
    end if;
    insert into catalog.category (id, store_id, parent_id, slug, name,
        description, image, position, path, seo, metadata, translations)
    values (id, store, parent,
            catalog.category_slug(store, document ->> 'slug',
                                  document ->> 'name', id),
            document ->> 'name', coalesce(document ->> 'description', ''),
            document ->> 'image', coalesce((document ->> 'position')::int, 0),
            '{}', coalesce(document -> 'seo', '{}'),
            coalesce(document -> 'metadata', '{}'),
            catalog.translated(store, '{}', document -> 'translations',
                               'category'))
    returning * into made;
    perform catalog.slug_left(store, 'category', made.id, null, made.slug);
    perform ops.record(store, actor, 'category.add', 'category:' || id, null,
                       to_jsonb(made));
    perform ops.notify_drop('catalog:' || store);
    return row(201, catalog.category_json(made)::text, made.version::text,
               '/api/v1/categories/' || id, 'catalog:' || store,
               false)::api.answer;
exception when unique_violation then
    perform api.fail('PU409', 'Another category has this slug.');
end
$$;

comment on function catalog.category_add is 'POST /categories';
