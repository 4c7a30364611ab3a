create or replace function inventory.adjust(store bigint, actor uuid,
        manager boolean, item jsonb, field text default '')
    returns inventory.stock
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    variant catalog.variant := inventory.find(store, item, field);
    stock inventory.stock;
    delta bigint := item ->> 'delta';
begin
    if item ->> 'on_hand' is not null and delta is not null
        or not item ?| array['delta', 'on_hand', 'low_stock_threshold',
                             'backorder_limit']
    then
        perform api.fail('ST422', 'Either delta or on_hand is needed.', field
            || case when delta is null then '/delta' else '/on_hand' end);
    end if;
    if not manager and not (
        select catalog.may_change(p.seller_id, actor, manager)
        from catalog.product p where p.id = variant.product_id)
    then
        perform api.fail('ST403', 'This is another seller''s product.');
    end if;

    perform inventory.lock(array[variant.id]);
    stock := inventory.stock_at(variant, item ->> 'warehouse',
                                field || '/warehouse');
    if stock.on_hand <> (item ->> 'expected')::bigint then
        perform api.fail('SX409', format('%s on hand, not %s: the stock has'
            ' changed meanwhile.', stock.on_hand, item ->> 'expected'));
    end if;
    delta := coalesce(delta, (item ->> 'on_hand')::bigint - stock.on_hand, 0);
    if stock.on_hand + delta < stock.reserved then
        perform api.fail('ST409', format('%s on hand, %s of them reserved:'
            ' the change would leave less than is promised.',
            stock.on_hand, stock.reserved));
    end if;
    if stock.on_hand + delta > 999999999 then
        perform api.fail('ST422', 'At most 999999999 on hand.', field
            || case when item ? 'delta' then '/delta' else '/on_hand' end);
    end if;

    update inventory.stock s
        set low_stock_threshold = coalesce((item ->> 'low_stock_threshold')
                ::int, s.low_stock_threshold),
            backorder_limit = coalesce((item ->> 'backorder_limit')::bigint,
                                       s.backorder_limit)
        where s.variant_id = stock.variant_id
        and s.warehouse_id = stock.warehouse_id
        and item ?| array['low_stock_threshold', 'backorder_limit'];
    perform inventory.change(stock, delta, coalesce(item ->> 'reason',
                                                    'adjustment'), actor);
    return stock;
end
$$;

comment on function inventory.adjust is
    'changes on_hand by delta or to a figure, and how much may be ordered of'
    ' what is not there; below what is reserved is ST409, another figure than'
    ' expected SX409; gives the stock as it was';
