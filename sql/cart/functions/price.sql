create or replace function cart.price(p_id int, p_currency text,
        p_country text, p_postal_code text, p_method text, p_problem text,
        p_included boolean, p_classes text[], p_names text[],
        p_rates numeric[], p_bases numeric[], p_ways cart.way[],
        p_lines cart.offered[])
    returns cart.quoted
    language plpgsql stable
as $$
declare
    l cart.offered;
    w cart.way;
    amount bigint;
    piece bigint;
    line_tax bigint;
    line_rate numeric;
    subtotal bigint := 0;
    grams bigint := 0;
    tax bigint := 0;
    ships boolean := false;
    items text := '';
    taxes bigint[];
    lines cart.line[];
begin
    foreach l in array p_lines loop
        if l.price is null then
            p_problem := coalesce(p_problem, 'unavailable');
            lines := lines || row(null, l.variant_id, l.quantity, null, 0, 0,
                                  0, 0)::cart.line;
            continue;
        end if;
        amount := l.price * l.quantity;
        subtotal := subtotal + amount;
        grams := grams + l.grams;
        ships := ships or l.requires_shipping;
        items := items || ',' || l.item;
        line_tax := 0;
        line_rate := 0;
        for k in 1 .. cardinality(p_classes) loop
            if p_classes[k] = l.tax_class then
                piece := cart.half_up(amount, p_rates[k], p_bases[k]);
                taxes[k] := coalesce(taxes[k], 0) + piece;
                line_tax := line_tax + piece;
                line_rate := line_rate + p_rates[k];
            end if;
        end loop;
        tax := tax + line_tax;
        lines := lines || row(l.product_id, l.variant_id, l.quantity,
            l.price, amount, line_tax, line_rate, l.available)::cart.line;
    end loop;

    if ships then
        w := cart.cheapest(p_ways, subtotal, grams);
        if w.code is null then
            p_problem := coalesce(p_problem, case when p_method is null
                                  then 'unserved' else 'shipping_method' end);
        end if;
        for k in 1 .. cardinality(p_classes) loop
            if p_classes[k] = w.tax_class then
                piece := cart.half_up(w.amount, p_rates[k], p_bases[k]);
                taxes[k] := coalesce(taxes[k], 0) + piece;
                tax := tax + piece;
            end if;
        end loop;
    end if;

    amount := subtotal + coalesce(w.amount, 0)
              + case when p_included then 0 else tax end;
    return (p_id, p_problem, cart.body(p_currency, p_country, p_postal_code,
        substr(items, 2), subtotal, coalesce(w.amount, 0), w.code, tax,
        p_included, cart.tax_lines(p_names, p_rates, taxes, p_currency),
        amount), amount, w.code, lines);
end
$$;

comment on function cart.price is
    'the arithmetic of a quote, without a look at a table; taxes come sorted'
    ' with their bases: rounding is half up a line and tax';
