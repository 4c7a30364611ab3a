create or replace function pricing.promotion_checked(p pricing.promotion,
        p_store bigint)
    returns void
    language plpgsql stable
as $$
declare
    r record;
    known text[] := (select s.currencies from store.store s
                     where s.id = p_store);
begin
    perform pricing.dates_checked(p.starts_at, p.ends_at);
    for r in
        select v.* from (values
            ('basis_points', p.kind in ('percentage', 'buy_x_get_y'),
             p.basis_points is not null),
            ('amounts', p.kind = 'fixed', p.amounts <> '{}'),
            ('buy_quantity', p.kind = 'buy_x_get_y',
             p.buy_quantity is not null),
            ('get_quantity', p.kind in ('buy_x_get_y', 'gift'),
             p.get_quantity is not null),
            ('gift_variant_id', p.kind = 'gift',
             p.gift_variant_id is not null),
            ('max_times', p.kind = 'buy_x_get_y' and p.max_times is not null,
             p.max_times is not null),
            ('methods', p.kind = 'free_shipping' and p.methods <> '{}',
             p.methods <> '{}')) as v (field, wanted, given)
        where v.wanted <> v.given
    loop
        perform api.fail('PG422', case when r.wanted
            then 'is required of this kind' else 'is not of this kind' end,
            '/' || r.field);
    end loop;
    if not p.currencies <@ known then
        perform api.fail('PG422', format('This store sells in %s.',
            array_to_string(known, ', ')), '/currencies');
    end if;
    if p.automatic and exists (select from pricing.coupon k
                               where k.promotion_id = p.id)
    then
        perform api.fail('PG422', 'It has coupons.', '/automatic');
    end if;
end
$$;

comment on function pricing.promotion_checked is
    'says in sentences what the constraints of promotions hold';
