create or replace function catalog.change_variants(store store.store,
        product bigint, document jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    money text := catalog.currency_of(store, document);
    v record;
begin
    perform catalog.check_prices(store, document);
    if document ?| array['sku', 'barcode', 'weight_grams',
                         'requires_shipping', 'min_quantity', 'max_quantity',
                         'quantity_step']
    then
        perform catalog.change_variant(product, (
            select jsonb_object_agg(m.key, m.value)
            from jsonb_each(document) as m
            where m.key in ('sku', 'barcode', 'weight_grams',
                            'requires_shipping', 'min_quantity',
                            'max_quantity', 'quantity_step')), '');
    end if;
    -- a price at the top is every variant's
    perform catalog.change_prices(x.id, document, money, '')
        from catalog.variant x
        where x.product_id = product and x.deleted_at is null;

    for v in
        select x.value, (x.value ->> 'id')::text as id,
               '/variants/' || x.n - 1 as field
        from jsonb_array_elements(document -> 'variants')
            with ordinality as x (value, n)
    loop
        if not exists (select from catalog.variant c where c.id::text = v.id
                       and c.product_id = product and c.deleted_at is null)
        then
            perform api.fail('PR422', 'The product has no such variant.',
                             v.field || '/id');
        end if;
        perform catalog.change_variant(v.id::bigint, v.value, v.field);
        perform catalog.change_prices(v.id::bigint, v.value, money, v.field);
    end loop;
end
$$;

comment on function catalog.change_variants is
    'what a change of a product means for its variants: at the top sku and'
    ' barcode are the first''s, prices are all''s; variants name theirs by id';
