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
    taken := "order".take(array[row(1, jsonb_build_object('store',
        o.store_id), quote, null, null, null, null)::"order".placing]);
    if cardinality(taken) = 0 then
        return false;
    end if;
    with stock as (
        update inventory.stock k set on_hand = k.on_hand - t.quantity
        from unnest(taken) as t
        where k.variant_id = t.variant_id and k.warehouse_id = t.warehouse_id
    )
    insert into inventory.movement (store_id, product_id, variant_id,
        warehouse_id, on_hand_delta, reason, order_id)
    select t.store_id, t.product_id, t.variant_id, t.warehouse_id,
           -t.quantity, 'sale', o.id
    from unnest(taken) as t;
    return true;
end
$$;

comment on function "order".sell_late is
    'sells an order whose reservation had expired; false: not all is there';
