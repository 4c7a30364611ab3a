create or replace function pricing.coupon_body(k pricing.coupon)
    returns jsonb
    language sql stable
as $$
    select jsonb_build_object('code', k.code, 'max_uses', k.max_uses,
        'uses', case when k.max_uses is not null then k.uses
            else (select count(*) from pricing.redemption r
                  where r.promotion_id = k.promotion_id
                      and r.coupon_id = k.id and r.released_at is null) end,
        'created_at', api.time(k.created_at))
$$;

comment on function pricing.coupon_body is 'a coupon as the API shows it';
