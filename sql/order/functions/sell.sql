create or replace function "order".sell(p_order uuid)
    returns void
    language plpgsql volatile
as $$
declare
    r inventory.reservation;
    k inventory.stock;
begin
    for r in select t.* from inventory.reservation t
        where t.order_id = p_order order by t.variant_id, t.warehouse_id
    loop
        update inventory.stock t
        set on_hand = t.on_hand - r.quantity, reserved = t.reserved - r.quantity
        where t.variant_id = r.variant_id and t.warehouse_id = r.warehouse_id
        returning t.* into strict k;
        insert into inventory.movement (store_id, product_id, variant_id,
            warehouse_id, on_hand_delta, reserved_delta, reason, order_id)
        values (k.store_id, k.product_id, k.variant_id, k.warehouse_id,
                -r.quantity, -r.quantity, 'sale', p_order);
    end loop;
    delete from inventory.reservation t where t.order_id = p_order;
end
$$;

comment on function "order".sell is
    'what an order had reserved leaves the stock: it is paid';
