create or replace function catalog.product_answer(product catalog.product,
                                                  status int)
    returns api.answer
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select row(status, s.body, s.etag,
        case when status = 201 then '/api/v1/products/' || product.id end,
        format('product:%s catalog:%s', product.id, product.store_id),
        false)::api.answer
    from catalog.product_show(product.store_id, product.id::text, null, null,
                              null, true) as s
$$;

comment on function catalog.product_answer is
    'the answer of a write: the product as it is now';
