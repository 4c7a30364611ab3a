create or replace function inventory.transfer_json(t inventory.transfer)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', t.id::text,
        'status', t.status,
        'from', inventory.warehouse_ref(t.from_id),
        'to', inventory.warehouse_ref(t.to_id),
        'note', t.note,
        'expected_at', api.time(t.expected_at),
        'created_by', t.created_by,
        'created_at', api.time(t.created_at),
        'updated_at', api.time(t.updated_at),
        'sent_at', api.time(t.sent_at),
        'closed_at', api.time(t.closed_at),
        'lines', coalesce((
            select jsonb_agg(jsonb_build_object(
                'product_id', v.product_id::text,
                'variant_id', v.id::text,
                'sku', v.sku,
                'name', p.name,
                'quantity', l.quantity,
                'received', l.received,
                'missing', l.missing) order by l.variant_id)
            from inventory.transfer_line l
            join catalog.variant v on v.id = l.variant_id
            join catalog.product p on p.id = v.product_id
            where l.transfer_id = t.id), '[]'))
$$;

comment on function inventory.transfer_json is 'a transfer with its lines';
