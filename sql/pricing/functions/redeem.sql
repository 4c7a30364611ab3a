create or replace function pricing.redeem(o "order".orders,
        p_uses cart.use[], p_gifts cart.tender[])
    returns void
    language plpgsql volatile
as $$
begin
    if p_uses is not null then
        update pricing.coupon k set uses = k.uses + 1
        where k.max_uses is not null
            and k.id in (select u.coupon_id from unnest(p_uses) as u);
        update pricing.promotion_use t set uses = t.uses + 1
        where t.promotion_id in (select u.promotion_id
                                 from unnest(p_uses) as u);
        insert into pricing.redemption (order_id, promotion_id, coupon_id,
            store_id, user_id, email_hash, currency, amount)
        select o.id, u.promotion_id, u.coupon_id, o.store_id, o.user_id,
               sha256(convert_to(lower(o.email), 'UTF8')), o.currency,
               u.amount
        from unnest(p_uses) as u;
    end if;
    if p_gifts is not null then
        perform pricing.move_gift(g.gift_card_id, -g.amount, 'redeemed', o.id,
                                  o.user_id, '')
        from (select u.gift_card_id, u.amount from unnest(p_gifts) as u
              order by u.gift_card_id) as g;
    end if;
end
$$;

comment on function pricing.redeem is
    'counts what an order has used; the rows were locked by pricing.lock()';
