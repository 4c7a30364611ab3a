drop function if exists inventory.warehouse_opened(inventory.warehouse);

create or replace function inventory.warehouse_opened(
        warehouse inventory.warehouse)
    returns text
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    shown inventory.shown[];
begin
    perform inventory.lock(array(
        select s.variant_id from inventory.stock s
        where s.warehouse_id = warehouse.id));
    -- of so many the nodes hear at once, of more by the relay
    shown := inventory.shown_of(array(
        select distinct s.product_id from inventory.stock s
        where s.warehouse_id = warehouse.id
        and (s.on_hand > s.reserved or s.backorder_limit > 0) limit 1000));
    update inventory.stock s
        set for_sale = warehouse.active and v.deleted_at is null
        from catalog.variant v
        where s.warehouse_id = warehouse.id and v.id = s.variant_id;
    return inventory.tell(shown);
end
$$;

comment on function inventory.warehouse_opened is
    'what a warehouse has is for sale again, or no more; gives the tags of'
    ' what shows it';
