create or replace function cart.price(b cart.basket)
    returns cart.quoted
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    n int := cardinality(b.lines);
    l cart.offered;
    w cart.way;
    r cart.rate;
    class text;
    amount bigint;
    line_tax bigint;
    line_rate numeric;
    subtotal bigint := 0;
    grams bigint := 0;
    tax bigint := 0;
    ships boolean := false;
    problem text := b.problem;
    items text := '';
    taxes bigint[] := array_fill(null::bigint, array[cardinality(b.rates)]);
    lines cart.line[];
begin
    foreach l in array b.lines loop
        if l.price is not null then
            subtotal := subtotal + l.price * l.quantity;
            grams := grams + l.grams * l.quantity;
            ships := ships or l.requires_shipping;
        end if;
    end loop;
    if ships then
        w := cart.cheapest(b.ways, subtotal, grams);
    end if;

    -- tax a line, and of shipping as the last line
    for i in 1 .. n + 1 loop
        l := b.lines[i];
        if i > n then
            exit when w.amount is null;
            class := w.tax_class;
            amount := w.amount;
        elsif l.price is null then
            problem := coalesce(problem, 'unavailable');
            lines := lines || row(null, l.variant_id, l.quantity, null, 0, 0,
                                  0, 0)::cart.line;
            continue;
        else
            class := l.tax_class;
            amount := l.price * l.quantity;
        end if;
        line_tax := 0;
        line_rate := 0;
        foreach r in array b.rates loop
            if r.tax_class = class then
                line_rate := line_rate + r.rate;
            end if;
        end loop;
        for k in 1 .. cardinality(b.rates) loop
            r := b.rates[k];
            if r.tax_class = class then
                taxes[k] := coalesce(taxes[k], 0) + cart.half_up(amount,
                    r.rate, 100 + case when b.included then line_rate else 0 end);
                line_tax := line_tax + cart.half_up(amount,
                    r.rate, 100 + case when b.included then line_rate else 0 end);
            end if;
        end loop;
        tax := tax + line_tax;
        if i <= n then
            items := items || ',' || cart.item(l, b.currency, b.display_limit);
            lines := lines || row(l.product_id, l.variant_id, l.quantity,
                l.price, amount, line_tax, line_rate, l.available)::cart.line;
        end if;
    end loop;

    if n = 0 then
        problem := coalesce(problem, 'empty');
    elsif jsonb_array_length(b.coupons) > 0 then
        problem := coalesce(problem, 'coupon');
    elsif ships and w.code is null then
        problem := coalesce(problem, case when b.method is null
                            then 'unserved' else 'shipping_method' end);
    end if;
    amount := subtotal + coalesce(w.amount, 0)
              + case when b.included then 0 else tax end;
    return (b.id, problem, cart.body(b, substr(items, 2), subtotal, w, tax,
            cart.tax_lines(b.rates, taxes, b.currency), amount), amount,
            w.code, lines);
end
$$;

comment on function cart.price is
    'the arithmetic of a quote: no table is read; rounding is half up a line'
    ' and tax';
