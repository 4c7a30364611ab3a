create or replace function pricing.coupon_add(p_store bigint,
        p_promotion bigint, p_actor uuid, p_document jsonb, p_address inet,
        p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    p pricing.promotion;
    code text := upper(p_document ->> 'code');
    prefix text := upper(coalesce(p_document ->> 'prefix', ''));
    wanted int := p_document ->> 'count';
    made pricing.coupon[];
begin
    p := pricing.promotion_locked(p_store, p_promotion, null);
    if p.automatic then
        perform api.fail('PG409', 'This promotion needs no coupon.');
    elsif (code is null) = (wanted is null) then
        perform api.fail('PG422', 'either a code or a count is required',
                         '/code');
    elsif code !~ '^[A-Z0-9][A-Z0-9_-]{1,39}$' then
        perform api.fail('PG422',
            'must be 2 to 40 letters, digits, "-" and "_"', '/code');
    elsif prefix !~ '^([A-Z0-9][A-Z0-9_-]{0,19})?$' then
        perform api.fail('PG422',
            'must be up to 20 letters, digits, "-" and "_"', '/prefix');
    end if;
    with one as (
        insert into pricing.coupon as k (store_id, promotion_id, code,
                                         max_uses)
        select p_store, p.id, coalesce(code, prefix
                   || pricing.random_code(12)),
               coalesce((p_document ->> 'max_uses')::int,
                        case when wanted is not null then 1 end)
        from generate_series(1, coalesce(wanted, 1))
        on conflict on constraint coupon_code do nothing
        returning k.*
    )
    select array_agg(row(one.*)::pricing.coupon order by one.id) into made
    from one;
    if made is null then
        perform api.fail('PK409', 'There is a coupon with this code.');
    end if;
    perform ops.record(p_store, p_actor, 'promotion.coupons_added',
        'promotion:' || p.id, null, p_document, p_address, p_request);
    return query
    select 201, jsonb_build_object('items', (
               select jsonb_agg(pricing.coupon_body(k) order by k.id)
               from unnest(made) as k))::text, null::text,
           format('/promotions/%s/coupons', p.id), null::text, false;
end
$$;

comment on function pricing.coupon_add is
    'POST /promotions/{promotion}/coupons: one of a given code, or many of'
    ' random ones, each for one use unless max_uses says more';
