create or replace function catalog.put_images(product bigint, images jsonb,
                                              name text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    at bigint;
begin
    select i.n - 1 into at
    from jsonb_array_elements(images) with ordinality as i (value, n)
    where i.value ->> 'url' !~ '^(https?://|/[^/])[^[:space:][:cntrl:]]*$'
    order by i.n
    limit 1;
    if found then
        perform api.fail('ZZ422', 'A picture is at https://, http:// or a path'
            ' of this shop.', format('/images/%s/url', at));
    end if;

    delete from catalog.image i where i.product_id = product;

    insert into catalog.image (product_id, variant_id, position, url, alt,
                               width, height)
    select product, v.id, i.n, i.value ->> 'url',
           coalesce(i.value ->> 'alt', name), (i.value ->> 'width')::int,
           (i.value ->> 'height')::int
    from jsonb_array_elements(images) with ordinality as i (value, n)
    left join catalog.variant v on v.product_id = product
        and v.id::text = i.value ->> 'variant_id';
end
$$;

comment on function catalog.put_images is
    'the pictures of a product, in this order, in place of those it had';
