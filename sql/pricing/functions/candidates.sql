create or replace function pricing.candidates(p_coupons jsonb,
        b pricing.basket)
    returns pricing.candidate[]
    language plpgsql stable
as $$
declare
    c pricing.candidate;
    k pricing.coupon;
    p pricing.promotion;
    known bigint[] := '{}';
    found_ones pricing.candidate[] := '{}';
begin
    for i in 0 .. coalesce(jsonb_array_length(p_coupons), 0) - 1 loop
        select t.* into k from pricing.coupon t
        where t.store_id = b.store_id
            and t.code = upper(p_coupons ->> i);
        select t.* into p from pricing.promotion t where t.id = k.promotion_id;
        c.promotion := p;
        c.coupon_id := k.id;
        c.code := p_coupons ->> i;
        c.problem := pricing.coupon_problem(p, k, b);
        -- two codes of one promotion count once
        c.reason := coalesce(c.problem, case when p.id = any (known)
                                             then 'exclusive' end);
        known := known || p.id;
        found_ones := found_ones || c;
    end loop;

    c := null;
    for p in
        select t.* from pricing.promotion t
        where t.store_id = b.store_id and t.automatic and t.active
            and (t.starts_at is null or t.starts_at <= now())
            and (t.ends_at is null or t.ends_at > now())
        order by t.id
    loop
        continue when p.max_uses is not null and exists (
            select from pricing.promotion_use u
            where u.promotion_id = p.id and u.uses >= u.max_uses);
        continue when p.max_uses_per_customer is not null
            and pricing.customer_uses(p.id, b.user_id, b.email)
                >= p.max_uses_per_customer;
        c.promotion := p;
        found_ones := found_ones || c;
    end loop;
    return found_ones;
end
$$;

comment on function pricing.candidates is
    'promotions of a cart''s coupons, in their order, and those that need none';
