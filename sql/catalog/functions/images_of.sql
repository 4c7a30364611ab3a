create or replace function catalog.images_of(product bigint)
    returns json
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(json_agg(json_build_object('id', i.id::text, 'url', i.url,
                'srcset', media.srcset(i.url, i.width), 'alt', i.alt,
                'width', i.width, 'height', i.height,
                'variant_id', i.variant_id::text,
                'status', media.status(i.state))
                order by i.position, i.id), '[]')
    from catalog.picture i where i.product_id = product
$$;

comment on function catalog.images_of is 'pictures of a product, in order';
