create or replace function inventory.stock_moved()
    returns trigger
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    flipped boolean := false;
begin
    if (old.shown > 0) <> (new.shown > 0) then
        flipped := inventory.product_flipped(new.product_id);
    end if;
    if old.shown <> new.shown then
        perform inventory.show_products(array[new.product_id]);
        perform ops.emit('shop.inventory', new.product_id::text,
            nextval('inventory.event_seq'), 'stock.changed', new.store_id,
            jsonb_build_object('product_id', new.product_id::text,
                'variant_id', new.variant_id::text, 'available', new.shown,
                'in_stock_changed', flipped),
            'live:product:' || new.product_id);
    end if;
    if old.on_hand - old.reserved > old.low_stock_threshold
       and new.on_hand - new.reserved <= new.low_stock_threshold
    then
        perform ops.emit('shop.inventory', new.product_id::text,
            nextval('inventory.event_seq'), 'stock.low', new.store_id,
            jsonb_build_object('product_id', new.product_id::text,
                'variant_id', new.variant_id::text,
                'warehouse_id', new.warehouse_id::text,
                'available', new.on_hand - new.reserved,
                'threshold', new.low_stock_threshold));
    end if;
    return null;
end
$$;

comment on function inventory.stock_moved is
    'trigger: tells when what is shown of a stock changes, or it gets low;'
    ' most changes of a well filled stock never come here';

create or replace trigger stock_moved
    after update on inventory.stock
    for each row when (
        old.shown <> new.shown
        or (old.on_hand - old.reserved > old.low_stock_threshold
            and new.on_hand - new.reserved <= new.low_stock_threshold))
    execute function inventory.stock_moved();
