create or replace function pricing.take_again(p_order uuid)
    returns boolean
    language plpgsql volatile
as $$
declare
    used cart.use[];
    given cart.tender[];
begin
    used := array(
        select row(d.promotion_id, d.coupon_id, d.amount)::cart.use
        from pricing.redemption d
        where d.order_id = p_order and d.released_at is not null);
    given := array(
        select row(e.gift_card_id, -min(e.delta))::cart.tender
        from pricing.gift_entry e
        where e.order_id = p_order
        group by e.gift_card_id having sum(e.delta) = 0);

    perform from pricing.coupon k
    where k.id in (select u.coupon_id from unnest(used) as u)
    order by k.id for no key update;
    perform from pricing.promotion_use t
    where t.promotion_id in (select u.promotion_id from unnest(used) as u)
    order by t.promotion_id for no key update;
    perform from pricing.gift_card g
    where g.id in (select u.gift_card_id from unnest(given) as u)
    order by g.id for no key update;

    if exists (select from pricing.coupon k
               where k.id in (select u.coupon_id from unnest(used) as u)
                   and k.uses >= k.max_uses)
        or exists (select from pricing.promotion_use t
                   where t.promotion_id in (select u.promotion_id
                                            from unnest(used) as u)
                       and t.uses >= t.max_uses)
        or exists (select from unnest(given) as u
                   join pricing.gift_card g on g.id = u.gift_card_id
                   where g.balance < u.amount)
    then
        return false;
    end if;

    update pricing.coupon k set uses = k.uses + 1
    where k.max_uses is not null
        and k.id in (select u.coupon_id from unnest(used) as u);
    update pricing.promotion_use t set uses = t.uses + 1
    where t.promotion_id in (select u.promotion_id from unnest(used) as u);
    update pricing.redemption d set released_at = null
    where d.order_id = p_order;
    perform pricing.move_gift(u.gift_card_id, -u.amount, 'redeemed', p_order,
                              null, '')
    from (select * from unnest(given) as g order by g.gift_card_id) as u;
    return true;
end
$$;

comment on function pricing.take_again is
    'uses again what an order had given back when it expired, now that its'
    ' payment has come; false: something of it is gone';
