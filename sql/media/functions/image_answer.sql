create or replace function media.image_answer(product catalog.product,
        image bigint, status int)
    returns api.answer
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select row(status, media.image_json(i)::text, media.image_etag(i),
        case when status = 201 then format('/api/v1/products/%s/images/%s',
                                           product.id, image) end,
        format('product:%s catalog:%s', product.id, product.store_id),
        false)::api.answer
    from catalog.image i where i.id = image
$$;

comment on function media.image_answer is
    'the answer of a write: the picture as it is now';
