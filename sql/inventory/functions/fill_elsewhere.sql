create or replace function inventory.fill_elsewhere(
        waiting inventory.reservation, warehouse bigint, piece int)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into inventory.reservation as r (order_id, variant_id,
        warehouse_id, quantity, expires_at, created_at)
    values (waiting.order_id, waiting.variant_id, warehouse, piece,
            waiting.expires_at, waiting.created_at)
    on conflict (order_id, variant_id, warehouse_id) do update
    set quantity = r.quantity + excluded.quantity;

    update inventory.reservation r
        set backordered = r.backordered - piece
        where r.order_id = waiting.order_id
        and r.variant_id = waiting.variant_id
        and r.warehouse_id = waiting.warehouse_id
        and (r.quantity > 0 or r.backordered > piece);
    if not found then
        delete from inventory.reservation r
            where r.order_id = waiting.order_id
            and r.variant_id = waiting.variant_id
            and r.warehouse_id = waiting.warehouse_id;
    end if;
end
$$;

comment on function inventory.fill_elsewhere is
    'reserves pieces for a waiting order in another warehouse than it waits'
    ' for';
