create or replace function pricing.basket(p_cart jsonb, t cart.terms)
    returns pricing.basket
    language plpgsql stable
as $$
declare
    b pricing.basket;
    l record;
    lists bigint[];
    price bigint;
    variants bigint[] := '{}';
    products bigint[] := '{}';
    quantities bigint[] := '{}';
    prices bigint[] := '{}';
    totals bigint[] := '{}';
begin
    b.store_id := t.store_id;
    b.currency := t.in_currency;
    b.country := t.to_country;
    b.user_id := p_cart ->> 'user';
    b.email := p_cart ->> 'email';
    b.groups := pricing.groups_of(t.store_id, b.user_id);
    b.ships := false;
    lists := pricing.lists_for(t.store_id, b.groups);

    for l in
        select u.n, (u.line ->> 0)::bigint as variant_id,
               (u.line ->> 1)::bigint as quantity, o.product_id, o.price,
               o.requires_shipping, o.tax_class
        from jsonb_array_elements(p_cart -> 'lines') with ordinality
            as u (line, n)
        left join lateral (
            select k.product_id, k.price, k.requires_shipping, k.tax_class
            from catalog.offer k
            where k.variant_id = (u.line ->> 0)::bigint
                and k.currency = t.in_currency and k.store_id = t.store_id
            offset 0) as o on true
        order by u.n
    loop
        price := null;
        if l.price is not null and cardinality(lists) > 0 then
            price := pricing.list_amount(lists, l.variant_id, t.in_currency,
                                         l.quantity);
        end if;
        price := coalesce(price, l.price);
        if t.net_classes is not null then
            price := cart.net(t, l.tax_class, price);
        end if;
        variants[l.n] := l.variant_id;
        products[l.n] := l.product_id;
        quantities[l.n] := l.quantity;
        prices[l.n] := price;
        totals[l.n] := coalesce(price * l.quantity, 0);
        b.ships := b.ships or coalesce(l.requires_shipping, false);
    end loop;
    b.variants := variants;
    b.products := products;
    b.quantities := quantities;
    b.prices := prices;
    b.totals := totals;
    b.nets := totals;
    return b;
end
$$;

comment on function pricing.basket is
    'a cart as promotions look at it: who buys what, at prices of lists';
