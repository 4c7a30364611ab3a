create or replace function pricing.deal(p_cart jsonb, t cart.terms)
    returns pricing.deal
    language plpgsql stable
as $$
declare
    d pricing.deal;
    b pricing.basket := pricing.basket(p_cart, t);
    c pricing.candidate;
    ones pricing.candidate[] := pricing.judged(
        pricing.candidates(p_cart -> 'coupons', b), b);
    items text[] := b.variants::text[];
    shares bigint[];
    amount bigint;
    i int;
begin
    d.lines := p_cart -> 'lines';
    d.given := cardinality(b.variants);
    d.prices := b.prices;
    d.discounts := array_fill(0::bigint, array[d.given]);
    d.total := 0;
    d.body := '';
    for i in
        select u.ordinality from unnest(ones) with ordinality as u
        where u.reason is null
        order by case when (u.promotion).kind = 'free_shipping' then 3
                      when (u.promotion).kind = 'gift' then 1
                      when (u.promotion).kind = 'buy_x_get_y'
                           or (u.promotion).applies_to = 'lines' then 0
                      else 2 end,
            (u.promotion).priority desc, (u.promotion).id
    loop
        c := ones[i];
        amount := 0;
        if (c.promotion).kind = 'free_shipping' then
            -- cart.price() knows what shipping costs
            if (d.free).promotion is null then
                d.free := c;
            end if;
            continue;
        elsif (c.promotion).kind = 'gift' then
            amount := pricing.gift_of(c.promotion, b, t)
                      * (c.promotion).get_quantity;
            items := items
                || ('gift-' || cardinality(d.discounts) + 1 - d.given);
            shares := array_fill(0::bigint, array[cardinality(d.discounts)])
                      || amount;
            d.lines := d.lines || jsonb_build_array(jsonb_build_array(
                (c.promotion).gift_variant_id, (c.promotion).get_quantity));
            d.discounts := d.discounts || amount;
        else
            shares := pricing.shares(c.promotion, b, c.matched);
            for k in 1 .. d.given loop
                amount := amount + shares[k];
                d.discounts[k] := d.discounts[k] + shares[k];
                b.nets[k] := b.nets[k] - shares[k];
            end loop;
            if amount = 0 then
                c.reason := 'nothing';
                ones[i] := c;
                continue;
            end if;
        end if;
        d.total := d.total + amount;
        d.body := d.body || pricing.discount_json(c, b.currency, items,
                                                  shares, amount);
        d.uses := d.uses || row((c.promotion).id, c.coupon_id,
                                amount)::cart.use;
    end loop;

    d.coupons := pricing.coupons_json(ones);
    foreach c in array ones loop
        if c.code is not null then
            d.problem := coalesce(d.problem, c.problem);
            d.added := c.problem;
        end if;
    end loop;
    return d;
end
$$;

comment on function pricing.deal is
    'what price lists, promotions and coupons do to a cart: first lines, then'
    ' gifts, then the order; free shipping is left to cart.price()';
