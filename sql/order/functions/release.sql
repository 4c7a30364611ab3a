create or replace function "order".release(p_orders uuid[], p_reason text)
    returns void
    language plpgsql volatile
as $$
begin
    perform inventory.lock(array(
        select r.variant_id from inventory.reservation r
        where r.order_id = any (p_orders)));

    with gone as (
        delete from inventory.reservation r where r.order_id = any (p_orders)
        returning r.*
    ), stock as (
        update inventory.stock k
        set reserved = k.reserved - g.quantity,
            backordered = k.backordered - g.backordered
        from (select g.variant_id, g.warehouse_id, sum(g.quantity) as quantity,
                     sum(g.backordered) as backordered
              from gone g join catalog.variant v on v.id = g.variant_id
              group by v.product_id, g.variant_id, g.warehouse_id
              order by v.product_id, g.variant_id, g.warehouse_id) as g
        where k.variant_id = g.variant_id and k.warehouse_id = g.warehouse_id
        returning k.variant_id, k.warehouse_id, k.product_id, k.store_id
    )
    insert into inventory.movement (store_id, product_id, variant_id,
        warehouse_id, reserved_delta, backordered_delta, reason, order_id)
    select s.store_id, s.product_id, s.variant_id, s.warehouse_id,
           -g.quantity, -g.backordered, p_reason, g.order_id
    from gone g
    join stock s on s.variant_id = g.variant_id
        and s.warehouse_id = g.warehouse_id;
end
$$;

comment on function "order".release is
    'gives back what orders had reserved, and lets go what they wait for';
