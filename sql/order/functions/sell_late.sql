create or replace function "order".sell_late(o "order".orders)
    returns boolean
    language plpgsql volatile
as $$
declare
    quote cart.quoted;
    taken "order".taken[];
begin
    quote.lines := array(
        select jsonb_populate_record(null::cart.line, to_jsonb(l))
        from "order".line l where l.order_id = o.id order by l.position);
    taken := "order".take(array[row(1, jsonb_build_object(
        'store', o.store_id, 'shipping_address', o.shipping_address),
        quote, null, null, null, null, null)::"order".placing]);
    if cardinality(taken) = 0 then
        return false;
    end if;
    update inventory.stock k
    set on_hand = k.on_hand - t.quantity, backordered = k.backordered + t.later
    from (select t.variant_id, t.warehouse_id, sum(t.quantity) as quantity,
                 sum(t.later) as later
          from unnest(taken) as t group by t.variant_id, t.warehouse_id) as t
    where k.variant_id = t.variant_id and k.warehouse_id = t.warehouse_id;
    insert into inventory.reservation (order_id, variant_id, warehouse_id,
                                       quantity, backordered, paid)
    select o.id, t.variant_id, t.warehouse_id, 0, sum(t.later), true
    from unnest(taken) as t where t.later > 0
    group by t.variant_id, t.warehouse_id;
    insert into inventory.movement (store_id, product_id, variant_id,
        warehouse_id, on_hand_delta, backordered_delta, reason, order_id)
    select t.store_id, t.product_id, t.variant_id, t.warehouse_id,
           -t.quantity, t.later, 'sale', o.id
    from unnest(taken) as t;
    return true;
end
$$;

comment on function "order".sell_late is
    'sells an order whose reservation had expired; false: not all is there';
