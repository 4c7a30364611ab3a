create or replace function inventory.stock_freed()
    returns trigger
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from inventory.reservation r
               where r.variant_id = new.variant_id and r.backordered > 0)
    then
        perform inventory.fill(new.variant_id);
    end if;
    return null;
end
$$;

comment on function inventory.stock_freed is
    'trigger: what has come, or come back, goes to orders that wait for it;'
    ' placing and paying an order never fires it';

create or replace trigger stock_freed
    after update on inventory.stock
    for each row when (new.for_sale and new.on_hand - new.reserved
        > case when old.for_sale then old.on_hand - old.reserved else 0 end)
    execute function inventory.stock_freed();
