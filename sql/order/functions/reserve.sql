create or replace function "order".reserve(p_taken "order".taken[])
    returns void
    language plpgsql volatile
as $$
begin
    update inventory.stock k
    set reserved = k.reserved + t.quantity,
        backordered = k.backordered + t.later
    from (select t.variant_id, t.warehouse_id, sum(t.quantity) as quantity,
                 sum(t.later) as later
          from unnest(p_taken) as t
          group by t.product_id, t.variant_id, t.warehouse_id
          order by t.product_id, t.variant_id, t.warehouse_id) as t
    where k.variant_id = t.variant_id and k.warehouse_id = t.warehouse_id;

    insert into inventory.reservation (order_id, variant_id, warehouse_id,
                                       quantity, backordered, expires_at)
    select t.order_id, t.variant_id, t.warehouse_id, sum(t.quantity),
           sum(t.later), min(t.expires_at)
    from unnest(p_taken) as t
    group by t.order_id, t.variant_id, t.warehouse_id;

    insert into inventory.movement (store_id, product_id, variant_id,
        warehouse_id, reserved_delta, backordered_delta, reason, order_id,
        actor)
    select t.store_id, t.product_id, t.variant_id, t.warehouse_id, t.quantity,
           t.later, 'order', t.order_id, t.user_id
    from unnest(p_taken) as t;
end
$$;

comment on function "order".reserve is
    'raises reserved and backordered of locked stock by what was given out;'
    ' on_hand stays';
