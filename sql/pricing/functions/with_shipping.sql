drop function if exists pricing.with_shipping(pricing.deal, text, bigint);

create or replace function pricing.with_shipping(d pricing.deal,
        p_currency text, p_amount bigint, p_cost bigint)
    returns pricing.deal
    language plpgsql stable
as $$
begin
    if p_amount > 0 then
        d.total := d.total + p_amount;
        d.body := d.body || pricing.discount_json(d.free, p_currency, null,
                                                  null, p_amount);
        d.uses := d.uses || row(((d.free).promotion).id, (d.free).coupon_id,
                                p_amount)::cart.use;
    elsif (d.free).code is not null then
        d.coupons := replace(d.coupons,
            pricing.coupons_json(array[d.free]),
            format('{"code":%s,"applied":false,"reason":"%s"}',
                   to_json((d.free).code),
                   case when p_cost > 0 then 'shipping_method'
                        else 'nothing' end));
    end if;
    return d;
end
$$;

comment on function pricing.with_shipping is
    'a deal with what shipping would have cost, or why its coupon takes'
    ' nothing off';
