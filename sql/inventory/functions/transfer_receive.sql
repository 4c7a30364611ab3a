create or replace function inventory.transfer_receive(store bigint, id bigint,
        actor uuid, if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    t inventory.transfer := inventory.transfer_locked(store, id, if_version,
        '{in_transit,partially_received}');
    shown inventory.shown[];
    lines jsonb := document -> 'lines';
begin
    perform inventory.lock(array(
        select l.variant_id from inventory.transfer_line l
        where l.transfer_id = t.id));
    shown := inventory.shown_of(array(
        select distinct v.product_id from inventory.transfer_line l
        join catalog.variant v on v.id = l.variant_id
        where l.transfer_id = t.id));
    if lines is null then
        lines := coalesce((
            select jsonb_agg(jsonb_build_object('line', l.variant_id,
                'quantity', l.quantity - l.received - l.missing)
                order by l.variant_id)
            from inventory.transfer_line l
            where l.transfer_id = t.id
            and l.quantity > l.received + l.missing), '[]');
    end if;
    for n in 0 .. jsonb_array_length(lines) - 1 loop
        perform inventory.receive_line(t, actor, lines -> n, '/lines/' || n);
    end loop;
    if (document ->> 'close')::boolean then
        update inventory.transfer_line l
            set missing = l.quantity - l.received
            where l.transfer_id = t.id
            and l.quantity > l.received + l.missing;
    end if;
    t.status := case when exists (
            select from inventory.transfer_line l where l.transfer_id = t.id
            and l.quantity > l.received + l.missing)
        then 'partially_received' else 'received' end;
    return inventory.transfer_answer(
        inventory.transfer_moved(t, actor, 'transfer.receive'), 200,
        inventory.tell(shown));
end
$$;

comment on function inventory.transfer_receive is
    'POST /transfers/{id}/receive: all that is on its way, or what the lines'
    ' say; close: the rest will not come';
