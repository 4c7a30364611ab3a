drop function if exists catalog.images_of(bigint);
drop function if exists catalog.options_of(bigint);

create or replace function catalog.product_texts(products bigint[])
    returns table (id bigint, version bigint, published boolean,
        seller_id uuid, head text, tail text)
    language plpgsql stable rows 1000
as $$
#variable_conflict use_column
begin
    return query
    with t as materialized (
        select p.id, p.version, p.status = 'published' as published,
               p.seller_id,
               replace(left(json_build_object(
                   'id', p.id::text,
                   'slug', p.slug,
                   'name', p.name,
                   'description', p.description,
                   'status', p.status)::text, -1), '%', '%%') as head,
               replace(left(substr(json_build_object(
                   'tax_class', p.tax_class,
                   'images', (
                       select coalesce(json_agg(json_build_object(
                                  'id', i.id::text, 'url', i.url,
                                  'srcset', media.srcset(i.url, i.width),
                                  'alt', i.alt, 'width', i.width,
                                  'height', i.height,
                                  'variant_id', i.variant_id::text,
                                  'status', media.status(i.state))
                                  order by i.position, i.id), '[]')
                       from catalog.picture i where i.product_id = p.id),
                   'options', (
                       select coalesce(json_agg(json_build_object(
                                  'name', o.name, 'values', o.values)
                                  order by o.position), '[]')
                       from catalog.option o where o.product_id = p.id),
                   'type', catalog.type_ref(p.type_id),
                   'attributes', p.attributes,
                   'specifications', catalog.specifications(p.type_id,
                                                            p.attributes),
                   'rating', catalog.rating(p.rating_counts),
                   'seller_id', p.seller_id,
                   'seo', p.seo,
                   'metadata', p.metadata,
                   'tags', p.tags,
                   'publish_at', api.time(p.publish_at),
                   'unpublish_at', api.time(p.unpublish_at),
                   'created_at', api.time(p.created_at),
                   'updated_at', api.time(p.updated_at)
               )::text, 2), -1), '%', '%%') as tail
        from catalog.product p
        where p.id = any (products) and p.deleted_at is null
    )
    select t.id, t.version, t.published, t.seller_id, t.head, t.tail from t;
end
$$;

comment on function catalog.product_texts is
    'what of products is the same in every store and currency, as the'
    ' template of catalog.rendered holds it: up to the category, and from the'
    ' tax class on';
