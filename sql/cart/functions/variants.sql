create or replace function cart.variants(p_cart jsonb, p_product bigint)
    returns bigint
    language plpgsql stable
as $$
begin
    return (select count(*)
            from catalog.offer o
            where o.product_id = p_product
                and o.store_id = (p_cart ->> 'store')::bigint
                and o.currency = p_cart ->> 'currency');
end
$$;

comment on function cart.variants is
    'how many variants of a product may be bought with this cart';
