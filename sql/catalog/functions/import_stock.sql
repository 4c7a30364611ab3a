create or replace function catalog.import_stock(store store.store, actor uuid,
        rows catalog.import_row[])
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    home bigint;
    active boolean;
    s record;
begin
    select w.id, w.active into home, active
        from inventory.warehouse w where w.store_id = store.id
        order by not w.active, w.position, w.id limit 1;
    insert into inventory.stock (variant_id, warehouse_id, product_id,
        store_id, on_hand, low_stock_threshold, display_limit, for_sale)
    select r.variant_id, home, r.product_id, store.id,
           coalesce(max((r.cells ->> 'stock')::bigint), 0),
           store.low_stock_threshold, store.display_limit, active
    from unnest(rows) as r where r.added
    group by r.variant_id, r.product_id
    order by r.variant_id;

    insert into inventory.movement (store_id, product_id, variant_id,
        warehouse_id, on_hand_delta, reason, actor)
    select k.store_id, k.product_id, k.variant_id, k.warehouse_id, k.on_hand,
           'first stock', actor
    from inventory.stock k
    where k.variant_id in (select r.variant_id from unnest(rows) as r
                           where r.added)
    and k.on_hand > 0
    order by k.variant_id;

    insert into ops.outbox (topic, key, seq, type, store_id, data)
    select 'shop.inventory', k.product_id::text,
           nextval('inventory.event_seq'), 'stock.changed', k.store_id,
           jsonb_build_object('product_id', k.product_id::text,
               'variant_id', k.variant_id::text, 'available', k.shown,
               'in_stock_changed', true)
    from inventory.stock k
    where k.variant_id in (select r.variant_id from unnest(rows) as r
                           where r.added)
    and k.shown > 0
    order by k.variant_id;

    for s in
        select k, n.wanted
        from (select r.variant_id, (array_agg((r.cells ->> 'stock')::bigint
                         order by r.line desc))[1] as wanted
              from unnest(rows) as r
              where not r.added and r.cells ? 'stock'
              group by r.variant_id) as n
        join inventory.stock k on k.variant_id = n.variant_id
            and k.warehouse_id = home
        order by k.variant_id, k.warehouse_id
        for no key update of k
    loop
        if s.wanted < (s.k).reserved then
            perform api.fail('ST409', format('stock: %s are reserved.',
                                             (s.k).reserved));
        end if;
        perform inventory.change(s.k, s.wanted - (s.k).on_hand, 'import',
                                 actor)
            where s.wanted <> (s.k).on_hand;
    end loop;
end
$$;

comment on function catalog.import_stock is
    'stock of rows: the first of new variants at once, that of others to the'
    ' figure, in the first warehouse';
