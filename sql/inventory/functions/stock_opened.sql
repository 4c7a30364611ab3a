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
    select new.id, w.id, new.product_id, new.store_id, s.low_stock_threshold,
           s.display_limit, w.active
    from store.store s
    join inventory.warehouse w on w.store_id = s.id
    where s.id = new.store_id
    order by not w.active, w.position, w.id limit 1;
    return null;
end
$$;

comment on function inventory.stock_opened is
    'trigger: a new variant has a row of stock, 0, in the first warehouse';

create or replace trigger stock_opened
    after insert on catalog.variant
    for each row execute function inventory.stock_opened();
