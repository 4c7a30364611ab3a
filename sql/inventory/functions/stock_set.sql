create or replace function inventory.stock_set(store bigint,
        variants bigint[], pieces bigint[], actor uuid)
    returns void
    language plpgsql volatile
as $$
declare
    home bigint := (
        select w.id from inventory.warehouse w where w.store_id = store
        order by not w.active, w.position, w.id limit 1);
    held bigint;
begin
    -- what comes may go to orders that wait for it in other warehouses
    perform inventory.lock(variants);
    select k.reserved into held
        from unnest(variants, pieces) as n (variant_id, wanted)
        join inventory.stock k on k.variant_id = n.variant_id
            and k.warehouse_id = home
        where n.wanted < k.reserved
        order by k.variant_id limit 1;
    if found then
        perform api.fail('ST409', format('stock: %s are reserved.', held));
    end if;
    insert into inventory.movement (store_id, product_id, variant_id,
        warehouse_id, on_hand_delta, reason, actor)
    select k.store_id, k.product_id, k.variant_id, home,
           n.wanted - k.on_hand, 'import', stock_set.actor
    from unnest(variants, pieces) as n (variant_id, wanted)
    join inventory.stock k on k.variant_id = n.variant_id
        and k.warehouse_id = home
    where n.wanted <> k.on_hand
    order by k.variant_id;
    update inventory.stock k
        set on_hand = n.wanted, updated_at = now()
        from unnest(variants, pieces) as n (variant_id, wanted)
        where k.variant_id = n.variant_id and k.warehouse_id = home
        and k.on_hand <> n.wanted;
end
$$;

comment on function inventory.stock_set is
    'on_hand of many variants to the figures of a file, in the first'
    ' warehouse; less than is reserved is ST409';
