create or replace function inventory.fill_piece(waiting inventory.reservation,
        stock inventory.stock, piece int)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    same boolean := waiting.warehouse_id = stock.warehouse_id;
begin
    update inventory.stock s set backordered = s.backordered - piece
        where s.variant_id = waiting.variant_id
        and s.warehouse_id = waiting.warehouse_id;
    update inventory.stock s
        set on_hand = s.on_hand - case when waiting.paid then piece else 0 end,
            reserved = s.reserved + case when waiting.paid then 0 else piece
                                    end
        where s.variant_id = stock.variant_id
        and s.warehouse_id = stock.warehouse_id;

    -- what waits gets less, and goes when nothing is left of it
    if waiting.paid and waiting.backordered = piece then
        delete from inventory.reservation r
            where r.order_id = waiting.order_id
            and r.variant_id = waiting.variant_id
            and r.warehouse_id = waiting.warehouse_id;
    elsif waiting.paid or same then
        update inventory.reservation r
            set backordered = r.backordered - piece,
                quantity = r.quantity
                           + case when waiting.paid then 0 else piece end
            where r.order_id = waiting.order_id
            and r.variant_id = waiting.variant_id
            and r.warehouse_id = waiting.warehouse_id;
    else
        perform inventory.fill_elsewhere(waiting, stock.warehouse_id, piece);
    end if;

    insert into inventory.movement (store_id, product_id, variant_id,
        warehouse_id, on_hand_delta, reserved_delta, backordered_delta,
        reason, order_id)
    select stock.store_id, stock.product_id, stock.variant_id, m.*, 'filled',
           waiting.order_id
    from (values (stock.warehouse_id,
            case when waiting.paid then -piece else 0 end,
            case when waiting.paid then 0 else piece end,
            case when same then -piece else 0 end),
        (waiting.warehouse_id, 0, 0, case when same then 0 else -piece end))
        as m (warehouse_id, on_hand, reserved, backordered)
    where (m.on_hand, m.reserved, m.backordered) <> (0, 0, 0);

    perform ops.emit('shop.inventory', stock.product_id::text,
        nextval('inventory.event_seq'), 'stock.backorder_filled',
        stock.store_id, jsonb_build_object(
            'order_id', waiting.order_id,
            'product_id', stock.product_id::text,
            'variant_id', stock.variant_id::text,
            'warehouse_id', stock.warehouse_id::text,
            'quantity', piece,
            'waiting', waiting.backordered - piece));
end
$$;

comment on function inventory.fill_piece is
    'gives pieces to an order that waits: reserved, or sold if it is paid';
