create or replace function catalog.product_dated(product catalog.product,
                                                 document jsonb)
    returns catalog.product
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if product.status <> 'draft' then
        if document ->> 'publish_at' is not null then
            perform api.fail('PR422', 'Only a draft has a time when it is'
                             ' published.', '/publish_at');
        end if;
        product.publish_at := null;
    end if;
    if product.unpublish_at <= coalesce(product.publish_at, now())
        and document ->> 'unpublish_at' is not null
    then
        perform api.fail('PR422', 'It ends after it has begun, in the'
                         ' future.', '/unpublish_at');
    elsif product.unpublish_at <= product.publish_at then
        perform api.fail('PR422', 'It would begin after its end.',
                         '/publish_at');
    end if;
    return product;
end
$$;

comment on function catalog.product_dated is
    'a product with dates that go with its status, or a refusal';
