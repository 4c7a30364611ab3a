create or replace function pricing.discount_json(c pricing.candidate,
        p_currency text, p_items text[], p_shares bigint[], p_amount bigint)
    returns text
    language plpgsql stable
as $$
begin
    return format(',{"promotion_id":"%s","code":%s,"name":%s,"kind":"%s",'
        '"amount":%s,"lines":[%s]}', (c.promotion).id,
        coalesce(to_json(c.code), 'null'), to_json((c.promotion).name),
        (c.promotion).kind, cart.money(p_amount, p_currency), (
            select string_agg('{"item_id":"' || p_items[n] || '","amount":'
                       || cart.money(p_shares[n], p_currency) || '}', ','
                       order by n)
            from generate_series(1, coalesce(cardinality(p_shares), 0)) as n
            where p_shares[n] > 0));
end
$$;

comment on function pricing.discount_json is
    'a promotion in a cart''s "discounts", explained line by line';
