create or replace function "order".restock(p_order uuid, p_reason text)
    returns void
    language plpgsql volatile
as $$
begin
    perform inventory.lock(array(
        select m.variant_id from inventory.movement m
        where m.order_id = p_order));
    -- what it still waits for, if anything
    perform "order".release(array[p_order], p_reason);

    with sold as (
        select m.store_id, m.product_id, m.variant_id, m.warehouse_id,
               -sum(m.on_hand_delta) as quantity
        from inventory.movement m where m.order_id = p_order
        group by m.store_id, m.product_id, m.variant_id, m.warehouse_id
        having sum(m.on_hand_delta) < 0
        order by m.product_id, m.variant_id, m.warehouse_id
    ), stock as (
        update inventory.stock k set on_hand = k.on_hand + s.quantity
        from sold s
        where k.variant_id = s.variant_id and k.warehouse_id = s.warehouse_id
    )
    insert into inventory.movement (store_id, product_id, variant_id,
        warehouse_id, on_hand_delta, reason, order_id)
    select s.store_id, s.product_id, s.variant_id, s.warehouse_id,
           s.quantity, p_reason, p_order
    from sold s;
end
$$;

comment on function "order".restock is
    'puts back what an order had taken, where it came from';
