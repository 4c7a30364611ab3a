create or replace function media.image_add(store bigint, ref text, actor uuid,
        manager boolean, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    product catalog.product;
    file media.file;
    variant bigint;
    image bigint;
begin
    product := catalog.product_locked(store, ref, actor, manager, null);
    variant := media.variant_of(product.id, document);
    if (select count(*) from catalog.image i
        where i.product_id = product.id) >= 50
    then
        perform api.fail('MI409', 'A product has at most 50 pictures.');
    end if;

    file := media.put(document);
    insert into catalog.image as i (product_id, variant_id, position, url, alt,
                                    width, height)
    values (product.id, variant, 1000000,
            format('/media/i/%s.webp', file.key),
            coalesce(document ->> 'alt', product.name), file.width,
            file.height)
    returning i.id into image;
    perform media.place(product.id, image, (document ->> 'position')::int);
    perform media.product_touched(product.id);

    perform ops.record(store, actor, 'image.add', 'product:' || product.id,
        null, document - 'spool' || jsonb_build_object('image_id',
                                                       image::text));
    return media.image_answer(product, image, 201);
end
$$;

comment on function media.image_add is
    'POST /products/{id}/images, once the upload is kept';
