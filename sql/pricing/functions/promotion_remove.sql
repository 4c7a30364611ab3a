create or replace function pricing.promotion_remove(p_store bigint,
        p_id bigint, p_actor uuid, p_version bigint, p_address inet,
        p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old pricing.promotion;
begin
    old := pricing.promotion_locked(p_store, p_id, p_version);
    perform ops.record(p_store, p_actor, 'promotion.removed',
        'promotion:' || p_id, pricing.promotion_body(old), null, p_address,
        p_request);
    delete from pricing.promotion p where p.id = p_id;
    return next row(204, null, null, null, null, false)::api.answer;
end
$$;

comment on function pricing.promotion_remove is
    'DELETE /promotions/{promotion}, with its coupons; what orders were given'
    ' stays';
