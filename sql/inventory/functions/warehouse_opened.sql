create or replace function inventory.warehouse_opened(
        warehouse inventory.warehouse)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform inventory.lock(array(
        select s.variant_id from inventory.stock s
        where s.warehouse_id = warehouse.id));
    update inventory.stock s
        set for_sale = warehouse.active and v.deleted_at is null
        from catalog.variant v
        where s.warehouse_id = warehouse.id and v.id = s.variant_id;
end
$$;

comment on function inventory.warehouse_opened is
    'what a warehouse has is for sale again, or no more';
