create or replace function cart.body(p_currency text, p_country text,
        p_postal_code text, p_items text, p_subtotal bigint,
        p_shipping bigint, p_method text, p_tax bigint, p_included boolean,
        p_taxes text, p_total bigint)
    returns text
    language sql stable parallel safe
as $$
    select '{"currency":"' || p_currency || '","country":"' || p_country
           || '","postal_code":'
           || coalesce(to_json(p_postal_code)::text, 'null') || ',"items":['
           || p_items || '],"subtotal":' || cart.money(p_subtotal, p_currency)
           || ',"discounts":[],"shipping":'
           || cart.money(p_shipping, p_currency) || ',"shipping_method":'
           || coalesce(to_json(p_method)::text, 'null')
           || ',"tax":{"total":' || cart.money(p_tax, p_currency)
           || ',"included":' || p_included::text || ',"lines":[' || p_taxes
           || ']},"total":' || cart.money(p_total, p_currency) || '}'
$$;

comment on function cart.body is
    'a quote as people read it: what carts and orders have in common';
