create or replace function inventory.stock_closed()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform inventory.lock_products(array[new.product_id], '{}');
    update inventory.stock s
        set for_sale = new.deleted_at is null and w.active
        from inventory.warehouse w
        where s.variant_id = new.id and w.id = s.warehouse_id;
    return null;
end
$$;

comment on function inventory.stock_closed is
    'trigger: nothing of a deleted variant is shown as available';

create or replace trigger stock_closed
    after update of deleted_at on catalog.variant
    for each row when (old.deleted_at is distinct from new.deleted_at)
    execute function inventory.stock_closed();
