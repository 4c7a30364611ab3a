drop function if exists cart.price(int, jsonb, cart.terms, pricing.active,
                                   boolean);

create or replace function cart.price(p_id int, p_cart jsonb, t cart.terms,
        a pricing.active, p_stock boolean, p_wanted cart.wanted[],
        p_first int, p_last int)
    returns cart.quoted
    language plpgsql stable
as $$
declare
    method text := coalesce(p_cart ->> 'shipping_method',
                            p_cart ->> 'kept_method');
    d pricing.deal;
    g pricing.purse;
    o cart.wanted;
    gifts cart.wanted[];
    l cart.line;
    lines cart.line[];
    items text[] := '{}';
    subtotal bigint := 0;
    grams bigint := 0;
    pieces bigint := 0;
    ships boolean := false;
    missing boolean := false;
    misfit boolean := false;
    problem text := t.problem;
    way int;
    shipping bigint := 0;
    freed bigint := 0;
    piece bigint;
    tax bigint := 0;
    taxes bigint[];
    tax_lines text := '';
    total bigint;
begin
    if a.everyone or a.members and p_cart ? 'user' or p_cart ? 'coupons' then
        d := pricing.deal(p_cart, t);
        if jsonb_array_length(d.lines) > d.given then
            gifts := cart.offers(array[jsonb_build_object('store', t.store_id,
                'currency', t.in_currency, 'lines', jsonb_path_query_array(
                    d.lines, '$[$given to last]',
                    jsonb_build_object('given', d.given)))], p_stock);
        end if;
    end if;
    for i in 0 .. p_last - p_first + coalesce(cardinality(gifts), 0) loop
        if i <= p_last - p_first then
            o := p_wanted[p_first + i];
        else
            o := gifts[i - (p_last - p_first)];
        end if;
        if t.net_classes is not null then
            o.price := cart.net(t, o.tax_class, o.price);
        end if;
        if d.given is not null then
            o.price := coalesce(d.prices[i + 1], o.price);
            if i >= d.given then
                o.item := '{"gift":true,"item_id":"gift-' || i + 1 - d.given
                    || substr(o.item, position('","product_id"' in o.item));
                o.limits := null;
            end if;
        end if;
        l := row(o.product_id, o.variant_id, o.quantity, o.price,
                 o.price * o.quantity, 0, 0, o.available, o.variants,
                 coalesce(d.discounts[i + 1], 0),
                 o.quantity <= t.max_quantity and (o.limits is null
                     or cart.fits(o.quantity, o.limits)));
        if o.price is null then
            missing := true;
        else
            items := items || cart.item(o.item, o.price, t.in_currency,
                l.quantity, l.available, t.display_limit, o.here);
            subtotal := subtotal + l.line_total;
            misfit := misfit or not l.fits;
            if o.requires_shipping then
                ships := true;
                grams := grams + o.weight_grams * l.quantity;
                pieces := pieces + l.quantity;
            end if;
            for k in 1 .. cardinality(t.classes) loop
                if t.classes[k] = o.tax_class then
                    piece := cart.half_up(l.line_total - l.discount,
                                          t.rates[k], t.bases[k]);
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
                    when misfit then 'quantity'
                    else d.problem end;
    if ships and not p_cart ? 'pos' then
        -- the cheapest that fits, or the chosen one; what the cart had chosen
        -- before its address or its lines changed may not be offered any more
        loop
            for w in 1 .. cardinality(t.ways) loop
                if t.subtotals[w] <= subtotal
                    and (t.grams[w] is null or grams <= t.grams[w])
                    and (method = t.ways[w]
                         or method is null and not t.pickups[w])
                    and (t.max_subtotals[w] is null
                         or subtotal < t.max_subtotals[w])
                    and t.min_grams[w] <= grams and t.min_items[w] <= pieces
                    and (t.max_items[w] is null or pieces <= t.max_items[w])
                then
                    way := w;
                    shipping := t.amounts[w];
                    exit;
                end if;
            end loop;
            exit when way is not null or method is null
                or p_cart ? 'shipping_method';
            method := null;
        end loop;
        if way is null then
            problem := coalesce(problem, case when method is null
                                then 'unserved' else 'shipping_method' end);
        elsif t.pickups[way] and not shipping.has_point(t.store_id, method,
            p_cart ->> 'pickup_point')
        then
            problem := coalesce(problem, 'pickup_point');
        end if;
        if not d.free is null then
            freed := pricing.freed(d.free, t.ways[way], shipping);
            d := pricing.with_shipping(d, t.in_currency, freed, shipping);
        end if;
        for k in 1 .. cardinality(t.classes) loop
            if t.classes[k] = t.way_classes[way] then
                piece := cart.half_up(shipping - freed, t.rates[k],
                                      t.bases[k]);
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
    total := subtotal - coalesce(d.total, 0) + shipping
             + case when t.included then 0 else tax end;
    if p_cart ? 'gifts' then
        g := pricing.purse(p_cart, t.in_currency, total);
        problem := coalesce(problem, g.problem);
    end if;
    return row(p_id, problem, cart.body(t.in_currency, t.to_country,
        p_cart ->> 'postal_code', array_to_string(items, ','), subtotal,
        substr(d.body, 2), d.coupons, shipping, t.ways[way], tax, t.included,
        substr(tax_lines, 2), total, substr(g.body, 2),
        total - coalesce(g.amount, 0)), total, t.ways[way], lines, d.added,
        g.added, total - coalesce(g.amount, 0), d.uses, g.gifts);
end
$$;

comment on function cart.price is
    'the arithmetic of a quote: prices, discounts of lines, shipping; each tax'
    ' of what is left of each line is rounded half up by itself; its lines are'
    ' those from p_first to p_last of p_wanted (cart.offers)';
