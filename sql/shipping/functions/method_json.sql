create or replace function shipping.method_json(m shipping.method)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('id', m.id::text, 'code', m.code,
        'name', m.name, 'description', m.description, 'kind', m.kind,
        'estimated_days', m.estimated_days, 'tax_class', m.tax_class,
        'position', m.position, 'active', m.active,
        'translations', m.translations,
        'rates', coalesce((
            select jsonb_agg(jsonb_build_object('zone_id', r.zone_id::text,
                       'amount', api.money(r.amount, r.currency),
                       'min_subtotal', r.min_subtotal,
                       'max_subtotal', r.max_subtotal,
                       'min_grams', r.min_grams, 'max_grams', r.max_grams,
                       'min_items', r.min_items, 'max_items', r.max_items)
                       order by r.zone_id, r.currency, r.min_subtotal,
                           r.min_grams, r.min_items, r.id)
            from shipping.rate r where r.method_id = m.id), '[]'),
        'pickup_points', coalesce((
            select jsonb_agg(shipping.point_json(p)
                       || jsonb_build_object('active', p.active)
                       order by p.position)
            from shipping.pickup_point p where p.method_id = m.id), '[]'))
$$;

comment on function shipping.method_json is
    'a way to ship with its rates and pick-up points, as staff see it';
