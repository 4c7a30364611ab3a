create or replace function shipping.has_point(p_store bigint, p_method text,
        p_point text)
    returns boolean
    language plpgsql stable
as $$
begin
    return exists (
        select from shipping.pickup_point p
        join shipping.method m on m.id = p.method_id
        where p.store_id = p_store and p.code = p_point and p.active
            and m.code = p_method);
end
$$;

comment on function shipping.has_point is
    'whether a way to fetch an order has this pick-up point';
