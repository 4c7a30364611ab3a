create or replace function catalog.category_change(store bigint, ref text,
        actor uuid, manager boolean, if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old catalog.category;
    new catalog.category;
begin
    if not catalog.may_change(null, actor, manager) then
        perform api.fail('PR403', 'Categories are not for sellers to change.');
    end if;
    -- who puts a product into it waits, and shows it as it will be
    select c.* into old from catalog.category c
        where c.id = catalog.category_find(store, ref) and not c.removed
        for update;
    if not found then
        perform api.fail('ZZ404', 'There is no such category.');
    end if;
    if old.version <> if_version then
        perform api.fail('AP412', 'The category has changed meanwhile.');
    end if;
    perform media.check_address(document ->> 'image', '/image');
    new := jsonb_populate_record(old, document
        - array['parent_id', 'slug', 'translations']);
    new.translations := catalog.translated(store, old.translations,
        document -> 'translations', 'category');
    if document ? 'slug' then
        new.slug := catalog.category_slug(store, document ->> 'slug', new.name,
                                          old.id);
    end if;
    if document ? 'parent_id' then
        new.parent_id := catalog.category_find(store,
                                               document ->> 'parent_id');
        if new.parent_id is null and document ->> 'parent_id' is not null then
            perform api.fail('PR422', 'There is no such category.',
                             '/parent_id');
        end if;
    end if;
    update catalog.category c
        set slug = new.slug, name = new.name, image = new.image,
            description = new.description, position = new.position,
            version = c.version + 1, updated_at = now(),
            parent_id = new.parent_id, seo = new.seo,
            metadata = new.metadata, translations = new.translations
        where c.id = old.id returning c.* into new;
    perform catalog.slug_left(store, 'category', old.id, old.slug, new.slug);
    perform catalog.category_facets(store, old.parent_id, new.parent_id);
    perform ops.record(store, actor, 'category.change', 'category:' || old.id,
                       to_jsonb(old), to_jsonb(new));
    perform ops.notify_drop(catalog.name_tags(store));
    return row(200, catalog.category_json(new)::text, new.version::text,
               null::text, catalog.name_tags(store), false)::api.answer;
exception when unique_violation then
    perform api.fail('PU409', 'Another category has this slug.');
end
$$;

comment on function catalog.category_change is
    'PATCH /categories/{id}: the members that the document has';
