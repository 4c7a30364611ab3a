create or replace function catalog.variant_answer(product catalog.product,
        variant bigint, status int)
    returns api.answer
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select row(status, s.body, s.etag,
        case when status = 201 then format('/api/v1/products/%s/variants/%s',
                                           product.id, variant) end,
        format('product:%s catalog:%s', product.id, product.store_id),
        false)::api.answer
    from catalog.variant_show(product.store_id, product.id::text,
                              variant::text, null, null, true) as s
$$;

comment on function catalog.variant_answer is
    'the answer of a write: the variant as it is now';
