create or replace function cart.price(p_id int, p_cart jsonb, t cart.terms,
        p_stock boolean)
    returns cart.quoted
    language plpgsql stable
as $$
declare
    method text := p_cart ->> 'shipping_method';
    o record;
    l cart.line;
    lines cart.line[];
    items text := '';
    subtotal bigint := 0;
    grams bigint := 0;
    ships boolean := false;
    missing boolean := false;
    problem text := t.problem;
    way int;
    shipping bigint := 0;
    piece bigint;
    tax bigint := 0;
    taxes bigint[];
    tax_lines text := '';
    total bigint;
begin
    for i in 0 .. jsonb_array_length(p_cart -> 'lines') - 1 loop
        l.variant_id := p_cart -> 'lines' -> i ->> 0;
        l.quantity := p_cart -> 'lines' -> i ->> 1;
        if p_stock then
            select p.product_id, p.price, p.tax_class, p.requires_shipping,
                   p.weight_grams, p.variants, p.item, (
                   select coalesce(sum(k.on_hand - k.reserved), 0)
                   from inventory.stock k
                   where k.variant_id = p.variant_id and k.for_sale)
                   as available
            into o from catalog.offer p
            where p.variant_id = l.variant_id and p.currency = t.in_currency
                and p.store_id = t.store_id;
        else
            select p.product_id, p.price, p.tax_class, p.requires_shipping,
                   p.weight_grams, p.variants, p.item, null as available
            into o from catalog.offer p
            where p.variant_id = l.variant_id and p.currency = t.in_currency
                and p.store_id = t.store_id;
        end if;
        l := row(o.product_id, l.variant_id, l.quantity, o.price,
                 o.price * l.quantity, 0, 0, o.available, o.variants);
        if o.price is null then
            missing := true;
        else
            items := items || ',' || cart.item(o.item, o.price, t.in_currency,
                l.quantity, l.available, t.display_limit);
            subtotal := subtotal + l.line_total;
            grams := grams + o.weight_grams * l.quantity;
            ships := ships or o.requires_shipping;
            for k in 1 .. cardinality(t.classes) loop
                if t.classes[k] = o.tax_class then
                    piece := cart.half_up(l.line_total, t.rates[k],
                                          t.bases[k]);
                    taxes[t.sums[k]] := coalesce(taxes[t.sums[k]], 0) + piece;
                    tax := tax + piece;
                    l.tax := l.tax + piece;
                    l.tax_rate := l.tax_rate + t.rates[k];
                end if;
            end loop;
        end if;
        lines := lines || l;
    end loop;

    problem := case when problem is not null then problem
                    when lines is null then 'empty'
                    when missing then 'unavailable'
                    when jsonb_array_length(p_cart -> 'coupons') > 0
                        then 'coupon' end;
    if ships then
        -- the cheapest that fits, or the chosen one
        for w in 1 .. cardinality(t.ways) loop
            if t.subtotals[w] <= subtotal
                and (t.grams[w] is null or grams <= t.grams[w])
                and (method is null or method = t.ways[w])
            then
                way := w;
                shipping := t.amounts[w];
                exit;
            end if;
        end loop;
        if way is null then
            problem := coalesce(problem, case when method is null
                                then 'unserved' else 'shipping_method' end);
        end if;
        for k in 1 .. cardinality(t.classes) loop
            if t.classes[k] = t.way_classes[way] then
                piece := cart.half_up(shipping, t.rates[k], t.bases[k]);
                taxes[t.sums[k]] := coalesce(taxes[t.sums[k]], 0) + piece;
                tax := tax + piece;
            end if;
        end loop;
    end if;

    for k in 1 .. cardinality(t.classes) loop
        if taxes[k] is not null then
            tax_lines := tax_lines || ',' || t.heads[k]
                         || cart.money(taxes[k], t.in_currency) || '}';
        end if;
    end loop;
    total := subtotal + shipping + case when t.included then 0 else tax end;
    return row(p_id, problem, cart.body(t.in_currency, t.to_country,
        p_cart ->> 'postal_code', substr(items, 2), subtotal, shipping,
        t.ways[way], tax, t.included, substr(tax_lines, 2), total), total,
        t.ways[way], lines);
end
$$;

comment on function cart.price is
    'the arithmetic of a quote: each tax of each line is rounded half up by'
    ' itself';
