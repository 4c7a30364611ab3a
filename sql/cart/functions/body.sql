create or replace function cart.body(p_currency text, p_country text,
        p_postal_code text, p_items text, p_subtotal bigint,
        p_discounts text, p_coupons text, p_shipping bigint, p_method text,
        p_tax bigint, p_included boolean, p_taxes text, p_total bigint,
        p_gift_cards text, p_due bigint)
    returns text
    language sql stable parallel safe
as $$
    select format('{"currency":"%1$s","country":"%2$s","postal_code":%3$s,'
               '"items":[%4$s],"subtotal":{"amount":%5$s,"currency":"%1$s"},'
               '"discounts":[%12$s],"coupons":[%13$s],'
               '"shipping":{"amount":%6$s,"currency":"%1$s"},'
               '"shipping_method":%7$s,"tax":{"total":{"amount":%8$s,'
               '"currency":"%1$s"},"included":%9$s,"lines":[%10$s]},'
               '"total":{"amount":%11$s,"currency":"%1$s"},'
               '"gift_cards":[%14$s],"due":{"amount":%15$s,'
               '"currency":"%1$s"}}',
               p_currency, p_country, coalesce(to_json(p_postal_code), 'null'),
               p_items, p_subtotal, p_shipping,
               coalesce(to_json(p_method), 'null'), p_tax,
               case when p_included then 'true' else 'false' end, p_taxes,
               p_total, p_discounts, p_coupons, p_gift_cards, p_due)
$$;

comment on function cart.body is
    'a quote as people read it: what carts and orders have in common';
