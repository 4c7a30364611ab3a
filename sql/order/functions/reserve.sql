create or replace function "order".reserve(p_orders "order".placing[],
        p_taken "order".taken[])
    returns void
    language plpgsql volatile
as $$
begin
    update inventory.stock k
    set reserved = k.reserved + t.quantity
    from (select t.variant_id, t.warehouse_id, sum(t.quantity) as quantity
          from unnest(p_taken) as t group by t.variant_id, t.warehouse_id
          order by t.variant_id, t.warehouse_id) as t
    where k.variant_id = t.variant_id and k.warehouse_id = t.warehouse_id;

    with t as materialized (
        select (o.j ->> 'id')::uuid as id, now() + o.hold as expires_at,
               (o.j ->> 'user')::uuid as user_id, t.*
        from unnest(p_taken) as t
        join unnest(p_orders) as o on o.n = t.n
    ), reservation as (
        insert into inventory.reservation (order_id, variant_id, warehouse_id,
                                           quantity, expires_at)
        select t.id, t.variant_id, t.warehouse_id, t.quantity, t.expires_at
        from t
    )
    insert into inventory.movement (store_id, product_id, variant_id,
        warehouse_id, reserved_delta, reason, order_id, actor)
    select t.store_id, t.product_id, t.variant_id, t.warehouse_id, t.quantity,
           'order', t.id, t.user_id
    from t;
end
$$;

comment on function "order".reserve is
    'raises reserved of locked stock by what was given out; on_hand stays';
