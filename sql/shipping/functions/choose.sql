create or replace function shipping.choose(p_zone bigint, p_currency text,
        p_subtotal bigint, p_grams bigint, p_method text)
    returns table (code text, amount bigint, tax_class text)
    language sql stable parallel safe
as $$
    select m.code, r.amount, m.tax_class
    from shipping.rate r
    join shipping.method m on m.id = r.method_id
    where r.zone_id = p_zone
        and r.currency = p_currency
        and r.min_subtotal <= p_subtotal
        and (r.max_grams is null or r.max_grams >= p_grams)
        and m.active
        and (p_method is null or m.code = p_method)
    order by r.amount, m.position, m.code
    limit 1
$$;

comment on function shipping.choose is
    'the way to ship a cart: the cheapest, or the one that was chosen';
