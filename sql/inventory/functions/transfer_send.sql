create or replace function inventory.transfer_send(store bigint, id bigint,
        actor uuid, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    t inventory.transfer := inventory.transfer_locked(store, id, if_version,
                                                      '{draft}');
    variants bigint[];
    shown inventory.shown[];
    short jsonb;
begin
    select array_agg(l.variant_id) into variants
        from inventory.transfer_line l where l.transfer_id = t.id;
    perform inventory.lock(variants);
    select jsonb_agg(jsonb_build_object('variant_id', l.variant_id::text,
               'sku', v.sku, 'quantity', l.quantity,
               'available', coalesce(s.on_hand - s.reserved, 0))
               order by l.variant_id)
        into short
        from inventory.transfer_line l
        join catalog.variant v on v.id = l.variant_id
        left join inventory.stock s on s.variant_id = l.variant_id
            and s.warehouse_id = t.from_id
        where l.transfer_id = t.id
        and coalesce(s.on_hand - s.reserved, 0) < l.quantity;
    if short is not null then
        return row(409, jsonb_build_object('code', 'insufficient_stock',
            'detail', 'Not all of it is available there.', 'items',
            short)::text, null, null, null, false)::api.answer;
    end if;

    shown := inventory.shown_of(array(
        select distinct s.product_id from inventory.stock s
        where s.variant_id = any (variants)));
    perform inventory.change(s, -l.quantity, 'transfer', actor,
                             'transfer:' || t.id)
        from inventory.transfer_line l
        join inventory.stock s on s.variant_id = l.variant_id
            and s.warehouse_id = t.from_id
        where l.transfer_id = t.id;
    -- a row there shows what is coming
    perform inventory.stock_at(v, w.code, null)
        from inventory.transfer_line l
        join catalog.variant v on v.id = l.variant_id
        join inventory.warehouse w on w.id = t.to_id
        where l.transfer_id = t.id;
    t.status := 'in_transit';
    return inventory.transfer_answer(
        inventory.transfer_moved(t, actor, 'transfer.send'), 200,
        inventory.tell(shown));
end
$$;

comment on function inventory.transfer_send is
    'POST /transfers/{id}/send: it leaves the stock where it comes from';
