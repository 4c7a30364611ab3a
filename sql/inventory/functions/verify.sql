create or replace function inventory.verify()
    returns table (variant_id bigint, warehouse_id bigint, wrong text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = on
    set enable_hashjoin = on
    set enable_mergejoin = on
as $$
    with ledger as (
        select m.variant_id, m.warehouse_id, sum(m.on_hand_delta) as on_hand,
               sum(m.reserved_delta) as reserved,
               sum(m.backordered_delta) as backordered
        from inventory.movement m group by 1, 2
    ), held as (
        select r.variant_id, r.warehouse_id, sum(r.quantity) as reserved,
               sum(r.backordered) as backordered
        from inventory.reservation r group by 1, 2
    )
    select variant_id, warehouse_id, format('stock %s/%s/%s, ledger %s/%s/%s,'
        ' reservations %s/%s (on hand/reserved/backordered)',
        s.on_hand, s.reserved, s.backordered, l.on_hand, l.reserved,
        l.backordered, h.reserved, h.backordered)
    from inventory.stock s
    full join ledger l using (variant_id, warehouse_id)
    full join held h using (variant_id, warehouse_id)
    where coalesce(s.on_hand, 0) <> coalesce(l.on_hand, 0)
    or coalesce(s.reserved, 0) <> coalesce(l.reserved, 0)
    or coalesce(s.reserved, 0) <> coalesce(h.reserved, 0)
    or coalesce(s.backordered, 0) <> coalesce(l.backordered, 0)
    or coalesce(s.backordered, 0) <> coalesce(h.backordered, 0)
    union all
    select null, null, format('what is shown of product %s', product_id)
    from (select v.product_id, array_agg(v.shown order by v.variant_id) as sums
          from (select k.product_id, k.variant_id,
                       least(sum(k.shown), max(k.display_limit)) as shown
                from inventory.stock k group by 1, 2) as v
          group by 1) as n
    full join inventory.shown p using (product_id)
    where n.sums::text[] is distinct from p.args[2:]
$$;

comment on function inventory.verify is
    'what does not add up: stock against its ledger, its reservations and'
    ' what is shown of it; no row when all is well';
