create or replace function catalog.product_altered(store store.store,
        old catalog.product, actor uuid, manager boolean, document jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    new catalog.product := jsonb_populate_record(old, document
        - array['id', 'slug', 'version', 'translations', 'store_id']);
begin
    if document ? 'slug' then
        new.slug := catalog.product_slug(store.id, document ->> 'slug',
                                         new.name, old.id);
    end if;
    if document ? 'category' then
        new.category_id := catalog.product_category(store.id, document);
    end if;
    if document ? 'tax_class' then
        new.tax_class := catalog.tax_class_of(store, document);
    end if;
    if document ? 'type' then
        new.type_id := catalog.product_type_of(store.id, document);
    end if;
    if document ?| array['type', 'attributes'] then
        perform catalog.check_attributes(new.type_id, new.attributes);
    end if;
    new := catalog.product_dated(new, document);
    new.translations := catalog.translated(store.id, old.translations,
        document -> 'translations', 'product');

    if document ? 'options' then
        perform catalog.change_options(old.id, document -> 'options');
    end if;
    perform catalog.change_variants(store, old.id, document);
    if document ? 'images' then
        perform catalog.put_images(old.id, document -> 'images', new.name);
    end if;
    perform catalog.put_stores(old, manager, document);

    update catalog.product p
        set slug = new.slug, name = new.name, description = new.description,
            status = new.status, category_id = new.category_id,
            type_id = new.type_id, tax_class = new.tax_class,
            attributes = new.attributes, seo = new.seo,
            metadata = new.metadata, tags = new.tags,
            translations = new.translations,
            publish_at = new.publish_at, unpublish_at = new.unpublish_at,
            published_at = case when new.status = 'published'
                then coalesce(p.published_at, now()) else p.published_at end
        where p.id = old.id;
    perform catalog.slug_left(store.id, 'product', old.id, old.slug, new.slug);
    perform ops.record(store.id, actor, 'product.change', 'product:' || old.id,
                       to_jsonb(old), document);
end
$$;

comment on function catalog.product_altered is
    'does to a locked product what a document says; it is seen when the'
    ' version moves';
