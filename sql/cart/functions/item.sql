create or replace function cart.item(l cart.offered, p_currency text,
        p_limit int)
    returns text
    language sql stable parallel safe
as $$
    select '{"item_id":"' || l.variant_id::text || '","product_id":"'
           || l.product_id::text || '","variant_id":"' || l.variant_id::text
           || '","sku":' || to_json(l.sku)::text || ',"name":'
           || to_json(l.name)::text || ',"options":'
           || coalesce(l.options::text, '{}') || ',"image":'
           || coalesce(l.image::text, 'null') || ',"quantity":'
           || l.quantity::text || ',"unit_price":'
           || cart.money(l.price, p_currency) || ',"line_total":'
           || cart.money(l.price * l.quantity, p_currency)
           || case when l.available is null then '' else ',"available":'
              || least(l.available, greatest(p_limit, l.quantity))::text end
           || '}'
$$;

comment on function cart.item is
    'a line as people read it; what is available is told up to the store''s'
    ' display limit, or as far as the quantity asks';
