create or replace function inventory.fill(variant bigint)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    r inventory.reservation;
    k inventory.stock;
    piece int;
begin
    for r in select w.* from inventory.reservation w
        where w.variant_id = variant and w.backordered > 0
        order by w.created_at, w.order_id, w.warehouse_id
    loop
        for k in select s.* from inventory.stock s
            join inventory.warehouse h on h.id = s.warehouse_id
            where s.variant_id = variant and s.for_sale
            and s.on_hand > s.reserved
            order by h.position, h.id
        loop
            piece := least(r.backordered, k.on_hand - k.reserved);
            exit when piece = 0;
            perform inventory.fill_piece(r, k, piece);
            r.backordered := r.backordered - piece;
        end loop;
        exit when r.backordered > 0;
    end loop;
end
$$;

comment on function inventory.fill is
    'gives stock that has come to the orders that wait for it, the oldest'
    ' first; the stock of the variant must be locked';
