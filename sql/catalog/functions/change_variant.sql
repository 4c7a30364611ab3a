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
        - array['id', 'options', 'product_id', 'store_id', 'deleted_at',
                'created_at']);
    if exists (select from catalog.variant v where v.store_id = old.store_id
               and v.sku = new.sku and v.id <> old.id
               and v.deleted_at is null)
    then
        perform api.fail('PS409', format('Another product has the SKU %s.',
                                         new.sku));
    end if;
    if document ? 'options' then
        new.options := catalog.chosen(old.product_id, document -> 'options',
                                      old.options, field || '/options');
    end if;
    perform catalog.check_quantities(to_jsonb(new), field);
    update catalog.variant v
        set sku = new.sku, barcode = new.barcode,
            weight_grams = new.weight_grams,
            requires_shipping = new.requires_shipping,
            metadata = new.metadata, position = new.position,
            options = new.options,
            min_quantity = new.min_quantity, max_quantity = new.max_quantity,
            quantity_step = new.quantity_step
        where v.id = old.id;
exception when unique_violation then
    if sqlerrm like '%options%' then
        perform api.fail('PR422', 'Another variant has the same options.',
                         field || '/options');
    end if;
    raise;
end
$$;

comment on function catalog.change_variant is
    'what a variant has of its own: SKU, barcode, weight, options ...';
