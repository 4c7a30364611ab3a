create or replace function pricing.gifts_held(p_order uuid)
    returns bigint
    language plpgsql stable
as $$
begin
    return (select coalesce(-sum(e.delta), 0)::bigint
            from pricing.gift_entry e where e.order_id = p_order);
end
$$;

comment on function pricing.gifts_held is
    'what gift cards have paid of an order and did not get back';
