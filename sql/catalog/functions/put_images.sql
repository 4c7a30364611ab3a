create or replace function catalog.put_images(product bigint, images jsonb,
                                              name text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    at bigint;
    there text[];
    old jsonb;
begin
    select i.n - 1 into at
    from jsonb_array_elements(images) with ordinality as i (value, n)
    where not media.is_address(i.value ->> 'url')
    order by i.n
    limit 1;
    if found then
        perform api.fail('ZZ422', 'A picture is at https://, http:// or a path'
            ' of this shop.', format('/images/%s/url', at));
    end if;

    there := media.keep(array(
        select media.key_of(i ->> 'url')
        from jsonb_array_elements(images) as i
        where media.key_of(i ->> 'url') is not null));
    select i.n - 1 into at
    from jsonb_array_elements(images) with ordinality as i (value, n)
    where media.key_of(i.value ->> 'url') is not null
    and media.key_of(i.value ->> 'url') <> all (there)
    order by i.n
    limit 1;
    if found then
        perform api.fail('ZZ422', 'There is no such picture in this shop.',
                         format('/images/%s/url', at));
    end if;

    -- a picture that stays keeps its id
    with gone as (
        delete from catalog.image i where i.product_id = product
        returning i.id, i.url, i.version
    )
    select jsonb_object_agg(g.url, array[g.id, g.version + 1]) into old
    from gone g;

    insert into catalog.image (id, product_id, variant_id, position, url, alt,
                               width, height, version)
    select coalesce((m.was -> 0)::bigint,
                    nextval(pg_get_serial_sequence('catalog.image', 'id'))),
           product, v.id, i.n, i.value ->> 'url',
           coalesce(i.value ->> 'alt', name),
           coalesce(f.width, (i.value ->> 'width')::int),
           coalesce(f.height, (i.value ->> 'height')::int),
           coalesce((m.was -> 1)::bigint, 1)
    from (select i.value, i.n,
                 row_number() over (partition by i.value ->> 'url'
                                    order by i.n) as nth
          from jsonb_array_elements(images) with ordinality as i (value, n))
        as i
    cross join lateral (
        select case when i.nth = 1 then old -> (i.value ->> 'url') end as was)
        as m
    left join catalog.variant v on v.product_id = product
        and v.id::text = i.value ->> 'variant_id'
    left join media.file f on f.key = media.key_of(i.value ->> 'url');
end
$$;

comment on function catalog.put_images is
    'the pictures of a product, in this order, in place of those it had';
