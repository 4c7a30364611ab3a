create or replace function inventory.change(stock inventory.stock,
        delta bigint, reason text, actor uuid, threshold int default null)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into inventory.movement (store_id, product_id, variant_id,
                                    warehouse_id, on_hand_delta, reason, actor)
    select stock.store_id, stock.product_id, stock.variant_id,
           stock.warehouse_id, delta, reason, actor
    where delta <> 0;

    update inventory.stock s
    set on_hand = s.on_hand + delta, updated_at = now(),
        low_stock_threshold = coalesce(threshold, s.low_stock_threshold)
    where s.variant_id = stock.variant_id
    and s.warehouse_id = stock.warehouse_id
    and (delta <> 0 or threshold is not null)
$$;

comment on function inventory.change is
    'moves on_hand of a locked row of stock and writes it in the ledger';

create or replace trigger movement_append_only
    before update or delete or truncate on inventory.movement
    for each statement execute function ops.append_only();
