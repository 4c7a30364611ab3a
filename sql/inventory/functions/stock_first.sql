create or replace function inventory.stock_first(store bigint,
        variants bigint[], products bigint[], pieces bigint[], actor uuid)
    returns void
    language plpgsql volatile
as $$
begin
    insert into inventory.stock (variant_id, warehouse_id, product_id,
        store_id, on_hand, low_stock_threshold, display_limit, for_sale)
    select n.variant_id, w.id, n.product_id, store, n.on_hand,
           s.low_stock_threshold, s.display_limit, w.active
    from unnest(variants, products, pieces)
        as n (variant_id, product_id, on_hand)
    join store.store s on s.id = store
    cross join (
        select h.id, h.active from inventory.warehouse h
        where h.store_id = store
        order by not h.active, h.position, h.id limit 1) as w
    order by n.variant_id;

    insert into inventory.movement (store_id, product_id, variant_id,
        warehouse_id, on_hand_delta, reason, actor)
    select k.store_id, k.product_id, k.variant_id, k.warehouse_id, k.on_hand,
           'first stock', stock_first.actor
    from inventory.stock k
    where k.variant_id = any (variants) and k.on_hand > 0
    order by k.variant_id;

    -- who watches has known the product by another variant
    insert into ops.outbox (topic, key, seq, type, store_id, data, live)
    select 'shop.inventory', k.product_id::text,
           nextval('inventory.event_seq'), 'stock.changed', k.store_id,
           jsonb_build_object('product_id', k.product_id::text,
               'variant_id', k.variant_id::text, 'available', k.shown,
               'in_stock_changed', not coalesce(o.shown, false)),
           case when o.shown is not null then 'live:product:' || k.product_id
           end
    from inventory.stock k
    cross join lateral (
        select bool_or(x.shown > 0) as shown from inventory.stock x
        where x.product_id = k.product_id
        and x.variant_id <> all (variants)) as o
    where k.variant_id = any (variants) and k.shown > 0
    order by k.variant_id;
end
$$;

comment on function inventory.stock_first is
    'the first stock of new variants, in the first warehouse; without it they'
    ' have a row of 0 (stock_opened); that of other variants of the products must'
    ' be locked (lock_products)';
