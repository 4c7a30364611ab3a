create or replace function pricing.keys_of(p_cart jsonb)
    returns text[]
    language plpgsql stable
as $$
declare
    store constant bigint := p_cart ->> 'store';
begin
    return array(
        select 'p' || l from pricing.active a
        cross join unnest(a.limited) as l
        where a.store_id = store
        union
        select k.key
        from jsonb_array_elements_text(p_cart -> 'coupons') as c (code)
        cross join lateral (
            select k.id, k.max_uses is not null as single,
                   k.promotion_id, u.promotion_id is not null as counted
            from pricing.coupon k
            left join pricing.promotion_use u
                on u.promotion_id = k.promotion_id
            where k.store_id = store and k.code = upper(c.code)
            offset 0) as o
        cross join lateral (
            select 'c' || o.id where o.single
            union all
            select 'p' || o.promotion_id where o.counted) as k (key)
        union
        select 'g' || g.id
        from jsonb_array_elements_text(p_cart -> 'gifts') as c (code)
        cross join lateral (
            select g.id from pricing.gift_card g
            where g.store_id = store and g.code_hash = decode(c.code, 'hex')
            offset 0) as g);
end
$$;

comment on function pricing.keys_of is
    'what an order may use up: rows of coupons (c), promotions (p) and gift'
    ' cards (g) with limits';
