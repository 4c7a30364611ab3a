create or replace function media.image_json(image catalog.image)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', image.id::text,
        'product_id', image.product_id::text,
        'variant_id', image.variant_id::text,
        'position', image.position,
        'url', image.url,
        'srcset', media.srcset(image.url, image.width),
        'alt', image.alt,
        'width', image.width,
        'height', image.height,
        'status', media.status(coalesce(f.state, 'ready')),
        'reason', f.reason)
    from (select) as one
    left join media.file f on f.key = image.key
$$;

comment on function media.image_json is
    'a picture of a product as those see it who may change it';
