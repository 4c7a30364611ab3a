create or replace function catalog.import_publish(store bigint,
        rows catalog.import_row[])
    returns void
    language plpgsql volatile
as $$
begin
    perform set_config('shop.announce', 'own', true);
    update catalog.product p
    set slug = coalesce(d.d ->> 'slug', p.slug),
        name = coalesce(d.d ->> 'name', p.name),
        description = case when d.d ->> 'description' = '-' then ''
            else coalesce(d.d ->> 'description', p.description) end,
        status = coalesce(d.d ->> 'status', p.status),
        category_id = case when d.d ? 'category' then d.category_id
                           else p.category_id end,
        tax_class = coalesce(d.d ->> 'tax_class', p.tax_class),
        type_id = case when d.d ? 'type' then d.type_id else p.type_id end,
        attributes = case when d.own is null and d.attributes is null
            then p.attributes
            else catalog.import_attributes(p.attributes, d.own, d.attributes)
            end,
        seo = p.seo || d.seo,
        metadata = p.metadata || d.metadata,
        tags = case when d.d ? 'tags' then d.tags else p.tags end,
        published_at = case
            when coalesce(d.d ->> 'status', p.status) = 'published'
            then coalesce(p.published_at, now()) else p.published_at end,
        version = p.version + 1,
        updated_at = now()
    from catalog.import_documents(store, rows, false) as d
    where p.id = d.product_id;
    perform set_config('shop.announce', '', true);

    perform catalog.announce(array(
        select distinct r.product_id from unnest(rows) as r order by 1));
end
$$;

comment on function catalog.import_publish is
    'what rows say of products that were there; these and the new ones are'
    ' rendered, indexed and announced together';
