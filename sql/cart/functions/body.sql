create or replace function cart.body(b cart.basket, p_items text,
        p_subtotal bigint, w cart.way, p_tax bigint, p_taxes text,
        p_total bigint)
    returns text
    language sql stable parallel safe
as $$
    select '{"currency":"' || b.currency || '","country":"' || b.country
           || '","postal_code":'
           || coalesce(to_json(b.postal_code)::text, 'null') || ',"items":['
           || p_items || '],"subtotal":' || cart.money(p_subtotal, b.currency)
           || ',"discounts":[],"shipping":'
           || cart.money(coalesce(w.amount, 0), b.currency)
           || ',"shipping_method":' || coalesce(to_json(w.code)::text, 'null')
           || ',"tax":{"total":' || cart.money(p_tax, b.currency)
           || ',"included":' || b.included::text || ',"lines":[' || p_taxes
           || ']},"total":' || cart.money(p_total, b.currency) || '}'
$$;

comment on function cart.body is
    'a quote as people read it: what carts and orders have in common';
