create or replace function inventory.tell_low(variant bigint, warehouse bigint)
    returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into inventory.told as t (variant_id, warehouse_id)
    values (variant, warehouse)
    on conflict (variant_id, warehouse_id) do update set at = now()
    where t.at < now() - interval '1 day';
    return found;
end
$$;

comment on function inventory.tell_low is
    'whether staff are to be told by mail that a stock is low: once a day, as'
    ' one around its threshold gets low with each order';
