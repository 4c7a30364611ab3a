create or replace function pricing.give_back(p_orders uuid[])
    returns void
    language plpgsql volatile
as $$
declare
    r record;
begin
    if not exists (select from pricing.redemption d
                   where d.order_id = any (p_orders))
        and not exists (select from pricing.gift_entry e
                        where e.order_id = any (p_orders))
    then
        return;
    end if;
    -- the lock order of pricing.lock()
    for r in
        select d.coupon_id, count(*) as n from pricing.redemption d
        where d.order_id = any (p_orders) and d.released_at is null
            and d.coupon_id is not null
        group by d.coupon_id order by d.coupon_id
    loop
        update pricing.coupon k set uses = k.uses - r.n
        where k.id = r.coupon_id and k.max_uses is not null;
    end loop;
    for r in
        select d.promotion_id, count(*) as n from pricing.redemption d
        where d.order_id = any (p_orders) and d.released_at is null
        group by d.promotion_id order by d.promotion_id
    loop
        update pricing.promotion_use u set uses = greatest(u.uses - r.n, 0)
        where u.promotion_id = r.promotion_id;
    end loop;
    update pricing.redemption d set released_at = now()
    where d.order_id = any (p_orders) and d.released_at is null;

    perform pricing.return_gifts(p_orders);
end
$$;

comment on function pricing.give_back is
    'gives back what orders had used of coupons, promotions and gift cards:'
    ' they are cancelled; once, whoever asks again';
