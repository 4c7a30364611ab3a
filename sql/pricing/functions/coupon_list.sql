create or replace function pricing.coupon_list(p_store bigint,
        p_promotion bigint, p_limit int, p_cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint := pricing.place_of(p_cursor);
begin
    return query
    select pricing.page_json(
        array_agg(pricing.coupon_body(k) order by k.id)
            filter (where k.id is not null),
        array_agg(k.id::text order by k.id), p_limit)
    from pricing.promotion p
    left join lateral (
        select * from pricing.coupon t
        where t.promotion_id = p.id and (place is null or t.id > place)
        order by t.id limit p_limit + 1) as k on true
    where p.id = p_promotion and p.store_id = p_store
    group by p.id;
end
$$;

comment on function pricing.coupon_list is
    'GET /promotions/{promotion}/coupons';
