create or replace function cart.item(o catalog.offer, p_quantity bigint,
        p_available bigint, p_limit int)
    returns text
    language sql stable parallel safe
as $$
    select '{"item_id":"' || o.variant_id::text || '","product_id":"'
           || o.product_id::text || '","variant_id":"' || o.variant_id::text
           || '","sku":' || to_json(o.sku)::text || ',"name":'
           || to_json(o.name)::text || ',"options":' || o.options::text
           || ',"image":' || coalesce(o.image::text, 'null')
           || ',"quantity":' || p_quantity::text || ',"unit_price":'
           || cart.money(o.price, o.currency) || ',"line_total":'
           || cart.money(o.price * p_quantity, o.currency)
           || case when p_available is null then '' else ',"available":'
              || least(p_available, greatest(p_limit, p_quantity))::text end
           || '}'
$$;

comment on function cart.item is
    'a line as people read it; what is available is told up to the store''s'
    ' display limit, or as far as the quantity asks';
