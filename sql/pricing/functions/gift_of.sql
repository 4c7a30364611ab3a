drop function if exists pricing.gift_of(pricing.promotion, pricing.basket);

create or replace function pricing.gift_of(p pricing.promotion,
        b pricing.basket, t cart.terms default null)
    returns bigint
    language plpgsql stable
as $$
begin
    return (
        select cart.net(t, o.tax_class, o.price) from catalog.offer o
        where o.variant_id = p.gift_variant_id and o.currency = b.currency
            and o.store_id = b.store_id and p.get_quantity <= (
                select coalesce(sum(k.on_hand - k.reserved), 0)
                from inventory.stock k
                where k.variant_id = o.variant_id and k.for_sale));
end
$$;

comment on function pricing.gift_of is
    'the price of a promotion''s gift, null when there is none to give';
