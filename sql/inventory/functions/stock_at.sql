create or replace function inventory.stock_at(variant catalog.variant,
        code text, field text)
    returns inventory.stock
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    stock inventory.stock;
begin
    if code is not null then
        insert into inventory.stock (variant_id, warehouse_id, product_id,
            store_id, low_stock_threshold, display_limit, for_sale)
        select variant.id, w.id, variant.product_id, s.id,
               s.low_stock_threshold, s.display_limit, w.active
        from inventory.warehouse w
        join store.store s on s.id = w.store_id
        where w.store_id = variant.store_id and w.code = stock_at.code
        and not exists (select from inventory.stock k
                        where k.variant_id = variant.id
                        and k.warehouse_id = w.id)
        on conflict (variant_id, warehouse_id) do nothing;
    end if;
    select s.* into stock from inventory.stock s
        join inventory.warehouse w on w.id = s.warehouse_id
        where s.variant_id = variant.id
        and w.code = coalesce(stock_at.code, w.code)
        order by w.position, w.id limit 1
        for no key update of s;
    if not found then
        perform api.fail('ST422', 'There is no such warehouse.', field);
    end if;
    return stock;
end
$$;

comment on function inventory.stock_at is
    'stock of a variant in a warehouse, locked, made if it was never there; in'
    ' the first one if none is named';
