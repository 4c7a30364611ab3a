create or replace function inventory.update(store bigint, actor uuid,
        manager boolean, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    variant catalog.variant := inventory.find(store, document);
    stock inventory.stock;
    delta bigint := document ->> 'delta';
begin
    if (document ->> 'on_hand' is null) = (delta is null) then
        perform api.fail('ST422', 'Either delta or on_hand is needed.',
            case when delta is null then '/delta' else '/on_hand' end);
    end if;
    if not (select catalog.may_change(p.seller_id, actor, manager)
            from catalog.product p where p.id = variant.product_id)
    then
        perform api.fail('ST403', 'This is another seller''s product.');
    end if;

    select s.* into stock from inventory.stock s
        join inventory.warehouse w on w.id = s.warehouse_id
        where s.variant_id = variant.id
        and w.code = coalesce(document ->> 'warehouse', w.code)
        order by w.position, w.id limit 1
        for no key update of s;
    if not found then
        perform api.fail('ST422', 'The variant has no stock in this'
                         ' warehouse.', '/warehouse');
    end if;
    delta := coalesce(delta, (document ->> 'on_hand')::bigint
                             - stock.on_hand);
    if stock.on_hand + delta < stock.reserved then
        perform api.fail('ST409', format('%s on hand, %s of them reserved:'
            ' the change would leave less than is promised.',
            stock.on_hand, stock.reserved));
    end if;
    if stock.on_hand + delta > 999999999 then
        perform api.fail('ST422', 'At most 999999999 on hand.',
            case when document ? 'delta' then '/delta' else '/on_hand' end);
    end if;
    perform inventory.change(stock, delta, coalesce(document ->> 'reason',
        'adjustment'), actor, (document ->> 'low_stock_threshold')::int);
    return inventory.updated(variant.sku, stock);
end
$$;

comment on function inventory.update is
    'POST /inventory/update: changes on_hand by delta or to a figure; below'
    ' what is reserved is ST409';
