create or replace function shipping.chosen_point(o "order".orders,
        p_code text)
    returns jsonb
    language plpgsql stable
as $$
begin
    if p_code is null or o.shipping_method is null then
        return null;
    end if;
    return (
        select shipping.point_json(p)
        from shipping.pickup_point p
        join shipping.method m on m.id = p.method_id
        where p.store_id = o.store_id and p.code = p_code
            and m.code = o.shipping_method);
end
$$;

comment on function shipping.chosen_point is
    'where an order is fetched; null: it is shipped';
