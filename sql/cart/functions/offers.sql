create or replace function cart.offers(p_carts jsonb[], p_stock boolean)
    returns cart.wanted[]
    language plpgsql stable
as $$
begin
    -- one row each, by index: no plan that reads all offers
    if not p_stock then
        return array(
            select row(u.line ->> 0, u.line ->> 1, p.product_id, p.price,
                       p.tax_class, p.requires_shipping, p.weight_grams,
                       p.variants, p.item, p.limits, null, null)::cart.wanted
            from unnest(p_carts) with ordinality as c (cart, n)
            cross join lateral jsonb_array_elements(c.cart -> 'lines')
                with ordinality as u (line, n)
            left join lateral (
                select o.* from catalog.offer o
                where o.variant_id = (u.line ->> 0)::bigint
                    and o.store_id = (c.cart ->> 'store')::bigint
                    and o.currency = coalesce(c.cart ->> 'currency', (
                        select s.currency from store.store s
                        where s.id = (c.cart ->> 'store')::bigint))
                limit 1) as p on true
            order by c.n, u.n);
    end if;
    return array(
        select row(u.line ->> 0, u.line ->> 1, p.product_id, p.price,
                   p.tax_class, p.requires_shipping, p.weight_grams,
                   p.variants, p.item, p.limits, k.available, k.here
               )::cart.wanted
        from unnest(p_carts) with ordinality as c (cart, n)
        cross join lateral jsonb_array_elements(c.cart -> 'lines')
            with ordinality as u (line, n)
        left join lateral (
            select o.* from catalog.offer o
            where o.variant_id = (u.line ->> 0)::bigint
                and o.store_id = (c.cart ->> 'store')::bigint
                and o.currency = coalesce(c.cart ->> 'currency', (
                    select s.currency from store.store s
                    where s.id = (c.cart ->> 'store')::bigint))
            limit 1) as p on true
        cross join lateral (
            select coalesce(sum(k.on_hand - k.reserved
                       + greatest(k.backorder_limit - k.backordered, 0)),
                       0) as available,
                   coalesce(sum(k.on_hand - k.reserved), 0) as here
            from inventory.stock k
            where k.variant_id = p.variant_id and k.for_sale) as k
        order by c.n, u.n);
end
$$;

comment on function cart.offers is
    'the lines of carts one after the other, with what is offered of them;'
    ' stock is looked at only when asked for';
