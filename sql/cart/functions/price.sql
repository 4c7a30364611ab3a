create or replace function cart.price(p_id int, p_currency text,
        p_country text, p_postal_code text, p_method text, p_problem text,
        p_included boolean, p_classes text[], p_names text[],
        p_rates numeric[], p_bases numeric[], p_ways cart.way[],
        p_items text, p_subtotal bigint, p_grams bigint, p_ships boolean,
        p_lines cart.offered[])
    returns cart.quoted
    language plpgsql stable
as $$
declare
    l cart.offered;
    w cart.way;
    piece bigint;
    line_tax bigint;
    line_rate numeric;
    tax bigint := 0;
    taxes bigint[];
    total bigint;
    lines cart.line[];
begin
    if p_lines is not null then
        foreach l in array p_lines loop
            line_tax := 0;
            line_rate := 0;
            for k in 1 .. cardinality(p_classes) loop
                if p_classes[k] = l.tax_class then
                    piece := cart.half_up(l.price * l.quantity, p_rates[k],
                                          p_bases[k]);
                    taxes[k] := coalesce(taxes[k], 0) + piece;
                    line_tax := line_tax + piece;
                    line_rate := line_rate + p_rates[k];
                end if;
            end loop;
            tax := tax + line_tax;
            lines := lines || row(l.product_id, l.variant_id, l.quantity,
                l.price, l.price * l.quantity, line_tax, line_rate,
                l.available)::cart.line;
        end loop;
    end if;

    if p_ships then
        w := cart.cheapest(p_ways, p_subtotal, p_grams);
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

    total := p_subtotal + coalesce(w.amount, 0)
             + case when p_included then 0 else tax end;
    return row(p_id, p_problem, cart.body(p_currency, p_country,
        p_postal_code, coalesce(p_items, ''), p_subtotal,
        coalesce(w.amount, 0), w.code, tax, p_included,
        cart.tax_lines(p_names, p_rates, taxes, p_currency), total), total,
        w.code, lines)::cart.quoted;
end
$$;

comment on function cart.price is
    'the arithmetic of a quote, without a look at a table; taxes come sorted'
    ' with their bases: rounding is half up a line and tax';
