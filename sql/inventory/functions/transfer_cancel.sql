create or replace function inventory.transfer_cancel(store bigint, id bigint,
        actor uuid, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    t inventory.transfer := inventory.transfer_locked(store, id, if_version,
        '{draft,in_transit,partially_received}');
    shown inventory.shown[];
begin
    if t.status <> 'draft' then
        perform inventory.lock(array(
            select l.variant_id from inventory.transfer_line l
            where l.transfer_id = t.id));
        shown := inventory.shown_of(array(
            select distinct v.product_id from inventory.transfer_line l
            join catalog.variant v on v.id = l.variant_id
            where l.transfer_id = t.id));
        perform inventory.change(s, l.quantity - l.received - l.missing,
                'transfer returned', actor, 'transfer:' || t.id)
            from inventory.transfer_line l
            join inventory.stock s on s.variant_id = l.variant_id
                and s.warehouse_id = t.from_id
            where l.transfer_id = t.id;
        update inventory.transfer_line l set missing = l.quantity - l.received
            where l.transfer_id = t.id;
    end if;
    t.status := case t.status when 'partially_received' then 'received'
                              else 'cancelled' end;
    return inventory.transfer_answer(
        inventory.transfer_moved(t, actor, 'transfer.cancel'), 200,
        inventory.tell(shown));
end
$$;

comment on function inventory.transfer_cancel is
    'POST /transfers/{id}/cancel: what is on its way goes back; one that was'
    ' received in part ends as received';
