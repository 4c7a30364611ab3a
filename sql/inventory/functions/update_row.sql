create or replace function inventory.update_row(store bigint, actor uuid,
        manager boolean, item jsonb, n int)
    returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    before inventory.stock;
    state text;
    sentence text;
    field text;
begin
    before := inventory.adjust(store, actor, manager, item, '/items/' || n);
    return (
        select jsonb_build_object('status', 200,
            'variant_id', s.variant_id::text,
            'sku', v.sku,
            'warehouse', w.code,
            'on_hand', s.on_hand,
            'reserved', s.reserved,
            'available', s.on_hand - s.reserved,
            'backordered', s.backordered)
        from inventory.stock s
        join catalog.variant v on v.id = s.variant_id
        join inventory.warehouse w on w.id = s.warehouse_id
        where s.variant_id = before.variant_id
        and s.warehouse_id = before.warehouse_id);
exception when sqlstate 'ST403' or sqlstate 'ST404' or sqlstate 'ST409'
        or sqlstate 'SX409' or sqlstate 'ST422' or sqlstate 'PV422' then
    get stacked diagnostics state = returned_sqlstate,
        sentence = message_text, field = column_name;
    return jsonb_strip_nulls(jsonb_build_object(
        'status', right(state, 3)::int,
        'code', case state when 'ST403' then 'forbidden'
                           when 'ST404' then 'not_found'
                           when 'ST409' then 'insufficient_stock'
                           when 'SX409' then 'stock_changed'
                           when 'PV422' then 'variant_required'
                           else 'invalid_input' end,
        'detail', sentence,
        'pointer', nullif(field, '')));
end
$$;

comment on function inventory.update_row is
    'one of many changes: the stock, or why it was refused';
