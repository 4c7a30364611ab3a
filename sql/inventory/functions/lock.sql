create or replace function inventory.lock(variants bigint[])
    returns void
    language plpgsql volatile
as $$
begin
    perform from inventory.stock k
        where k.variant_id = any (variants)
        order by k.variant_id, k.warehouse_id for no key update;
end
$$;

comment on function inventory.lock is
    'locks the stock of variants in all warehouses, in the order that all'
    ' keep: for whoever adds stock, which may go to orders that wait for it';
