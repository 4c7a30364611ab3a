create or replace function inventory.stock_opened()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- who makes many variants at once brings their stock with them
    if current_setting('shop.stock', true) = 'own' then
        return null;
    end if;
    insert into inventory.stock (variant_id, warehouse_id, product_id,
        store_id, low_stock_threshold, display_limit, for_sale)
    select n.id, w.id, n.product_id, n.store_id, s.low_stock_threshold,
           s.display_limit, w.active
    from added n
    join store.store s on s.id = n.store_id
    cross join lateral (
        select h.id, h.active from inventory.warehouse h
        where h.store_id = s.id
        order by not h.active, h.position, h.id limit 1) as w
    order by n.id;
    return null;
end
$$;

comment on function inventory.stock_opened is
    'trigger: new variants have a row of stock, 0, in the first warehouse';

create or replace trigger stock_opened
    after insert on catalog.variant referencing new table as added
    for each statement execute function inventory.stock_opened();
