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
               replace(concat(
                   '{"id" : "', p.id,
                   '", "slug" : "', p.slug,
                   '", "name" : ', to_json(p.name),
                   ', "description" : ', to_json(p.description),
                   ', "status" : "', p.status, '"'), '%', '%%') as head,
               replace(concat(
                   '"tax_class" : ', to_json(p.tax_class),
                   ', "images" : ', (
                       select coalesce(json_agg(json_build_object(
                                  'id', i.id::text, 'url', i.url,
                                  'srcset', media.srcset(i.url, i.width),
                                  'alt', i.alt, 'width', i.width,
                                  'height', i.height,
                                  'variant_id', i.variant_id::text,
                                  'status', media.status(i.state))
                                  order by i.position, i.id), '[]')
                       from catalog.picture i where i.product_id = p.id),
                   ', "options" : ', (
                       select coalesce(json_agg(json_build_object(
                                  'name', o.name, 'values', o.values)
                                  order by o.position), '[]')
                       from catalog.option o where o.product_id = p.id),
                   ', "type" : ', case when p.type_id is null then 'null'
                       else catalog.type_ref(p.type_id)::text end,
                   ', "attributes" : ', p.attributes,
                   ', "specifications" : ', case when p.type_id is null
                       then '[]' else catalog.specifications(p.type_id,
                           p.attributes)::text end,
                   ', "rating" : ', case when p.rating_count = 0
                       then (select catalog.rating('{0,0,0,0,0}')::text)
                       else catalog.rating(p.rating_counts)::text end,
                   ', "seller_id" : ', coalesce('"' || p.seller_id || '"',
                                                'null'),
                   ', "seo" : ', p.seo,
                   ', "metadata" : ', p.metadata,
                   ', "tags" : ', to_json(p.tags),
                   ', "publish_at" : ', coalesce(
                       '"' || api.time(p.publish_at) || '"', 'null'),
                   ', "unpublish_at" : ', coalesce(
                       '"' || api.time(p.unpublish_at) || '"', 'null'),
                   ', "created_at" : "', api.time(p.created_at),
                   '", "updated_at" : "', api.time(p.updated_at), '"'
               ), '%', '%%') as tail
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
