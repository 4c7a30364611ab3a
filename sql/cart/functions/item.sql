create or replace function cart.item(p_product bigint, p_variant bigint,
        p_sku text, p_name text, p_options jsonb, p_image jsonb,
        p_quantity bigint, p_price bigint, p_amount bigint, p_currency text,
        p_available bigint)
    returns text
    language sql stable parallel safe
as $$
    select '{"item_id":"' || p_variant::text || '","product_id":"'
           || p_product::text || '","variant_id":"' || p_variant::text
           || '","sku":' || to_json(p_sku)::text || ',"name":'
           || to_json(p_name)::text || ',"options":'
           || coalesce(p_options::text, '{}') || ',"image":'
           || coalesce(p_image::text, 'null') || ',"quantity":'
           || p_quantity::text || ',"unit_price":'
           || cart.money(p_price, p_currency) || ',"line_total":'
           || cart.money(p_amount, p_currency)
           || coalesce(',"available":' || greatest(p_available, 0)::text, '')
           || '}'
$$;

comment on function cart.item is 'a line as people read it';
