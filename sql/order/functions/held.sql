create or replace function "order".held(p_order uuid)
    returns inventory.reservation[]
    language plpgsql volatile
as $$
begin
    return array(
        select r from inventory.reservation r
        join catalog.variant v on v.id = r.variant_id
        where r.order_id = p_order
        order by v.product_id, r.variant_id, r.warehouse_id);
end
$$;

comment on function "order".held is
    'what an order has reserved, in the order of locks';
