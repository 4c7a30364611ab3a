create or replace function catalog.put_images(product bigint, images jsonb,
                                              name text)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    delete from catalog.image i where i.product_id = product;

    insert into catalog.image (product_id, variant_id, position, url, alt,
                               width, height)
    select product, v.id, i.n, i.value ->> 'url',
           coalesce(i.value ->> 'alt', name), (i.value ->> 'width')::int,
           (i.value ->> 'height')::int
    from jsonb_array_elements(images) with ordinality as i (value, n)
    left join catalog.variant v on v.product_id = product
        and v.id::text = i.value ->> 'variant_id'
$$;

comment on function catalog.put_images is
    'the pictures of a product, in this order, in place of those it had';
