create or replace function catalog.put_variant(product catalog.product,
        id bigint, variant jsonb, place int, currency text, actor uuid,
        field text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    chosen text[] := array(
        select variant -> 'options' ->> o.name from catalog.option o
        where o.product_id = product.id order by o.position);
begin
    if exists (select from catalog.variant v where v.store_id =
               product.store_id and v.sku = variant ->> 'sku'
               and v.deleted_at is null)
    then
        perform api.fail('PS409', format('Another product has the SKU %s.',
                                         variant ->> 'sku'));
    end if;
    if exists (select from catalog.variant v where v.product_id = product.id
               and v.options = chosen and v.deleted_at is null)
    then
        perform api.fail('PR422', 'Two variants have the same options.',
                         field || '/options');
    end if;
    perform catalog.check_quantities(variant, field);
    -- it comes with its stock
    perform set_config('shop.stock', 'own', true);
    insert into catalog.variant (id, product_id, store_id, sku, barcode,
        options, position, weight_grams, requires_shipping, min_quantity,
        max_quantity, quantity_step)
    values (id, product.id, product.store_id, variant ->> 'sku',
            variant ->> 'barcode', chosen, place,
            coalesce((variant ->> 'weight_grams')::int, 0),
            coalesce((variant ->> 'requires_shipping')::boolean, true),
            coalesce((variant ->> 'min_quantity')::int, 1),
            (variant ->> 'max_quantity')::int,
            coalesce((variant ->> 'quantity_step')::int, 1));
    perform set_config('shop.stock', '', true);
    perform catalog.put_prices(id, variant, currency, field);
    perform inventory.stock_first(product.store_id, array[id],
        array[product.id],
        array[coalesce((variant ->> 'stock')::bigint, 0)], actor);
end
$$;

comment on function catalog.put_variant is
    'a new variant with its prices and its first stock';
