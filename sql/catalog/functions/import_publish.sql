create or replace function catalog.import_publish(store bigint,
        rows catalog.import_row[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update catalog.product p
    set slug = coalesce(d.d ->> 'slug', p.slug),
        name = coalesce(d.d ->> 'name', p.name),
        description = case when d.d ->> 'description' = '-' then ''
            else coalesce(d.d ->> 'description', p.description) end,
        status = coalesce(d.d ->> 'status', p.status),
        category_id = case when not d.d ? 'category' then p.category_id
            when d.d ->> 'category' = '-' then null
            else catalog.category_find(store, d.d ->> 'category') end,
        tax_class = coalesce(d.d ->> 'tax_class', p.tax_class),
        type_id = case when not d.d ? 'type' then p.type_id
            when d.d ->> 'type' = '-' then null
            else catalog.type_find(store, d.d ->> 'type') end,
        attributes = catalog.import_attributes(p.attributes, d.own,
                                               d.attributes),
        seo = p.seo || d.seo,
        metadata = p.metadata || d.metadata,
        tags = case when not d.d ? 'tags' then p.tags
            when d.d ->> 'tags' = '-' then '{}'
            else array(select btrim(t) from unnest(string_to_array(
                           d.d ->> 'tags', '|')) as t) end,
        published_at = case
            when coalesce(d.d ->> 'status', p.status) = 'published'
            then coalesce(p.published_at, now()) else p.published_at end,
        version = p.version + 1,
        updated_at = now()
    from (
        select r.product_id, catalog.merged(r.cells order by r.line) as d,
               catalog.merged(r.cells -> 'attributes{}' order by r.line)
                   as own,
               catalog.merged(r.cells -> 'attributes' order by r.line)
                   as attributes,
               coalesce(catalog.merged(r.cells -> 'seo{}'
                            order by r.line), '{}')
                   || coalesce(catalog.merged(r.cells -> 'seo'
                                   order by r.line), '{}') as seo,
               coalesce(catalog.merged(r.cells -> 'metadata{}'
                            order by r.line), '{}')
                   || coalesce(catalog.merged(r.cells -> 'metadata'
                                   order by r.line), '{}') as metadata
        from unnest(rows) as r
        group by r.product_id
    ) as d
    where p.id = d.product_id
$$;

comment on function catalog.import_publish is
    'what rows say of products themselves; they are rendered, indexed and'
    ' announced together by the trigger';
