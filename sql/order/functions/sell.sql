create or replace function "order".sell(p_order uuid)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform from inventory.stock k
    where (k.variant_id, k.warehouse_id) in (
        select r.variant_id, r.warehouse_id from inventory.reservation r
        where r.order_id = p_order)
    order by k.variant_id, k.warehouse_id for no key update;

    with gone as (
        delete from inventory.reservation r where r.order_id = p_order
        returning r.*
    ), stock as (
        update inventory.stock k
        set on_hand = k.on_hand - g.quantity,
            reserved = k.reserved - g.quantity
        from (select * from gone order by variant_id, warehouse_id) as g
        where k.variant_id = g.variant_id and k.warehouse_id = g.warehouse_id
        returning k.*, g.quantity
    )
    insert into inventory.movement (store_id, product_id, variant_id,
        warehouse_id, on_hand_delta, reserved_delta, reason, order_id)
    select s.store_id, s.product_id, s.variant_id, s.warehouse_id,
           -s.quantity, -s.quantity, 'sale', p_order
    from stock s;
end
$$;

comment on function "order".sell is
    'what an order had reserved leaves the stock: it is paid';
