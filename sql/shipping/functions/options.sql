create or replace function shipping.options(p_cart jsonb)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    q cart.quoted := (cart.quote(array[p_cart], false))[1];
    store bigint := p_cart ->> 'store';
    country text := p_cart ->> 'country';
    t cart.terms := cart.terms_of(store, country, p_cart ->> 'region',
        p_cart ->> 'postal_code', p_cart ->> 'currency', cart.relief(store,
            country, (p_cart ->> 'user')::uuid, p_cart ->> 'vat_id'));
begin
    return query
    with sums as (
        select sum(l.line_total) as subtotal,
               sum(o.weight_grams * l.quantity)
                   filter (where o.requires_shipping) as grams,
               sum(l.quantity) filter (where o.requires_shipping) as pieces
        from unnest(q.lines) as l
        join catalog.offer o on o.variant_id = l.variant_id
            and o.currency = t.in_currency and o.store_id = store
    ), way as (
        select distinct on (w.code) w.code, w.amount, w.n
        from sums s
        cross join unnest(t.ways, t.amounts, t.subtotals, t.max_subtotals,
            t.min_grams, t.grams, t.min_items, t.max_items)
            with ordinality as w (code, amount, min_subtotal, max_subtotal,
                min_grams, max_grams, min_items, max_items, n)
        where t.problem is null and s.pieces > 0
            and s.subtotal >= w.min_subtotal and s.grams >= w.min_grams
            and s.pieces >= w.min_items
            and (w.max_subtotal is null or s.subtotal < w.max_subtotal)
            and (w.max_grams is null or s.grams <= w.max_grams)
            and (w.max_items is null or s.pieces <= w.max_items)
        order by w.code, w.n
    )
    select json_build_object('items', coalesce(json_agg(json_build_object(
               'code', m.code, 'name', coalesce(w.words ->> 'name', m.name),
               'description', coalesce(w.words ->> 'description',
                                       m.description),
               'kind', m.kind, 'amount', api.money(w.amount, t.in_currency),
               'estimated_days', m.estimated_days, 'pickup_points', p.points)
               order by w.n), '[]'))::text
    from (select y.*, z.id, z.translations -> (p_cart ->> 'locale') as words
          from way y
          join shipping.method z on z.store_id = store and z.code = y.code) w
    join shipping.method m on m.id = w.id
    cross join lateral shipping.points_of(m.id) as p (points)
    where m.kind <> 'pickup' or p.points <> '[]';
end
$$;

comment on function shipping.options is
    'GET /cart/shipping-options: the ways to ship a cart to its address';
