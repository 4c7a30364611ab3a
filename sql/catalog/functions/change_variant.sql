create or replace function catalog.change_variant(variant bigint,
        document jsonb, field text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    old catalog.variant;
    new catalog.variant;
begin
    select v.* into strict old from catalog.variant v where v.id = variant;
    new := jsonb_populate_record(old, document
        - array['id', 'options', 'position', 'product_id', 'store_id']);
    if exists (select from catalog.variant v where v.store_id = old.store_id
               and v.sku = new.sku and v.id <> old.id
               and v.deleted_at is null)
    then
        perform api.fail('PS409', format('Another product has the SKU %s.',
                                         new.sku));
    end if;
    perform catalog.check_quantities(to_jsonb(new), field);
    update catalog.variant v
        set sku = new.sku, barcode = new.barcode,
            weight_grams = new.weight_grams,
            requires_shipping = new.requires_shipping,
            min_quantity = new.min_quantity, max_quantity = new.max_quantity,
            quantity_step = new.quantity_step
        where v.id = old.id;
end
$$;

comment on function catalog.change_variant is
    'SKU, barcode, weight, quantities of one variant';
