create or replace function catalog.collection_change(store bigint, ref text,
        actor uuid, manager boolean, if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old catalog.collection := catalog.collection_locked(store, ref, actor,
        manager, if_version);
    c catalog.collection := jsonb_populate_record(old, document
        - array['id', 'slug', 'translations', 'products']);
begin
    if document ? 'slug' then
        c.slug := catalog.collection_slug(store, document ->> 'slug', c.name,
                                          c.id);
    end if;
    c.translations := catalog.translated(store, old.translations,
        document -> 'translations', 'collection');
    c := catalog.collection_checked(c, document);
    update catalog.collection k
        set slug = c.slug, name = c.name, description = c.description,
            image = c.image, rule = c.rule, test = c.test, sort = c.sort,
            published = c.published, position = c.position, seo = c.seo,
            metadata = c.metadata, translations = c.translations,
            version = k.version + 1, updated_at = now()
        where k.id = c.id returning k.* into c;
    perform catalog.slug_left(store, 'collection', c.id, old.slug, c.slug);
    if c.kind = 'manual' or c.rule <> old.rule then
        c.filled_to := catalog.collection_made(c, document);
    end if;
    if c.published <> old.published then
        perform catalog.reindex(array(
            select x.product_id from catalog.collection_product x
            where x.collection_id = c.id order by 1));
    end if;
    perform ops.record(store, actor, 'collection.change',
        'collection:' || c.id, to_jsonb(old), document);
    perform ops.notify_drop('catalog:' || store);
    return row(200, catalog.collection_json(c), c.version::text, null::text,
               'catalog:' || store, false)::api.answer;
exception when unique_violation then
    perform api.fail('PU409', 'Another collection has this slug.');
end
$$;

comment on function catalog.collection_change is
    'PATCH /collections/{id}: the members that the document has';
