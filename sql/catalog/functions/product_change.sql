create or replace function catalog.product_change(store_id bigint, ref text,
        actor uuid, manager boolean, if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    store store.store;
    old catalog.product;
    new catalog.product;
begin
    select s.* into strict store from store.store s
        where s.id = product_change.store_id;
    old := catalog.product_locked(store.id, ref, actor, manager, if_version);
    new := jsonb_populate_record(old, document - 'slug');
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

    perform catalog.change_variants(store, old.id, document);
    if document ? 'images' then
        perform catalog.put_images(old.id, document -> 'images', new.name);
    end if;

    update catalog.product p
        set slug = new.slug, name = new.name, description = new.description,
            status = new.status, category_id = new.category_id,
            tax_class = new.tax_class, attributes = new.attributes,
            seo = new.seo, metadata = new.metadata, tags = new.tags,
            published_at = case when new.status = 'published'
                then coalesce(p.published_at, now()) else p.published_at end,
            version = p.version + 1, updated_at = now()
        where p.id = old.id returning p.* into new;
    perform ops.record(store.id, actor, 'product.change', 'product:' || old.id,
                       to_jsonb(old), document);
    return catalog.product_answer(new, 200);
exception when unique_violation then
    perform api.fail(case when sqlerrm like '%sku%' then 'PS409' else 'PU409'
        end, 'Another product has this slug or SKU.');
end
$$;

comment on function catalog.product_change is
    'PATCH /products/{id}: the members that the document has';
