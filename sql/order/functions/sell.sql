create or replace function "order".sell(p_order uuid)
    returns void
    language plpgsql volatile
as $$
declare
    held inventory.reservation[] := "order".held(p_order);
    r inventory.reservation;
    k inventory.stock;
    waits boolean := false;
begin
    foreach r in array held loop
        waits := waits or r.backordered > 0;
    end loop;
    if waits then
        -- what was to come may come meanwhile
        perform inventory.lock(array(
            select h.variant_id from unnest(held) as h));
        held := "order".held(p_order);
    end if;

    foreach r in array held loop
        continue when r.quantity = 0;
        update inventory.stock t
        set on_hand = t.on_hand - r.quantity, reserved = t.reserved - r.quantity
        where t.variant_id = r.variant_id and t.warehouse_id = r.warehouse_id
        returning t.* into strict k;
        insert into inventory.movement (store_id, product_id, variant_id,
            warehouse_id, on_hand_delta, reserved_delta, reason, order_id)
        values (k.store_id, k.product_id, k.variant_id, k.warehouse_id,
                -r.quantity, -r.quantity, 'sale', p_order);
    end loop;
    delete from inventory.reservation t
        where t.order_id = p_order and t.backordered = 0;
    if waits then
        update inventory.reservation t
        set quantity = 0, paid = true, expires_at = null
        where t.order_id = p_order;
    end if;
end
$$;

comment on function "order".sell is
    'what an order had reserved leaves the stock: it is paid; what is still to'
    ' come stays promised';
