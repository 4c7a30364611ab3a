drop function if exists inventory.change(inventory.stock, bigint, text, uuid,
                                         int);

create or replace function inventory.change(stock inventory.stock,
        delta bigint, reason text, actor uuid, document text default null)
    returns void
    language plpgsql volatile
as $$
begin
    if delta = 0 then
        return;
    end if;
    insert into inventory.movement (store_id, product_id, variant_id,
        warehouse_id, on_hand_delta, reason, actor, document)
    values (stock.store_id, stock.product_id, stock.variant_id,
            stock.warehouse_id, change.delta, change.reason, change.actor,
            change.document);
    update inventory.stock s
        set on_hand = s.on_hand + change.delta, updated_at = now()
        where s.variant_id = stock.variant_id
        and s.warehouse_id = stock.warehouse_id;
end
$$;

comment on function inventory.change is
    'moves on_hand of a locked row of stock and writes it in the ledger';

create or replace trigger movement_append_only
    before update or delete or truncate on inventory.movement
    for each statement execute function ops.append_only();
