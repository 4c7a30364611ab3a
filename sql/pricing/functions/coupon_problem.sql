create or replace function pricing.coupon_problem(p pricing.promotion,
        k pricing.coupon, b pricing.basket)
    returns text
    language plpgsql stable
as $$
begin
    return case
        when p.id is null or p.automatic then 'coupon'
        when not p.active or p.ends_at <= now() then 'coupon_expired'
        when p.starts_at > now() then 'coupon_early'
        when k.uses >= k.max_uses
            or p.max_uses is not null and exists (
                select from pricing.promotion_use u
                where u.promotion_id = p.id and u.uses >= u.max_uses)
            then 'coupon_used_up'
        when p.max_uses_per_customer is not null
            and pricing.customer_uses(p.id, b.user_id, b.email)
                >= p.max_uses_per_customer
            then 'coupon_used'
    end;
end
$$;

comment on function pricing.coupon_problem is
    'why a coupon is worth nothing to this customer, whatever is in the cart;'
    ' null: it is good';
