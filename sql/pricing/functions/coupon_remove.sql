create or replace function pricing.coupon_remove(p_store bigint,
        p_promotion bigint, p_code text, p_actor uuid, p_address inet,
        p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from pricing.coupon k
    where k.store_id = p_store and k.promotion_id = p_promotion
        and k.code = upper(p_code);
    if not found then
        perform api.fail('PG404', 'There is no such coupon.');
    end if;
    perform ops.record(p_store, p_actor, 'promotion.coupon_removed',
        'promotion:' || p_promotion, jsonb_build_object('code',
            upper(p_code)), null, p_address, p_request);
    return next row(204, null, null, null, null, false)::api.answer;
end
$$;

comment on function pricing.coupon_remove is
    'DELETE /promotions/{promotion}/coupons/{code}';
