create or replace function cart.quote(p_carts jsonb[], p_stock boolean)
    returns setof cart.quoted
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
    set enable_hashjoin = off
    set enable_mergejoin = off
    set enable_seqscan = off
as $$
declare
    b record;
begin
    for b in
        select u.ord::int as id, d.currency, d.country,
            u.j ->> 'postal_code' as postal_code,
            u.j ->> 'shipping_method' as method,
            case when d.currency <> all (s.currencies) then 'currency'
                 when d.country <> all (s.countries) then 'country'
                 when jsonb_array_length(u.j -> 'lines') = 0 then 'empty'
                 when l.missing then 'unavailable'
                 when jsonb_array_length(u.j -> 'coupons') > 0 then 'coupon'
            end as problem,
            coalesce(t.tax_included, s.tax_included) as included,
            r.classes, r.names, r.rates, r.bases,
            array(
                select row(m.code, r.amount, m.tax_class, r.min_subtotal,
                           r.max_grams)::cart.way
                from shipping.rate r
                join shipping.method m on m.id = r.method_id
                where r.zone_id = z.zone_id and r.currency = d.currency
                    and m.active and (u.j ->> 'shipping_method' is null
                                      or u.j ->> 'shipping_method' = m.code)
                order by r.amount, m.position, m.code) as ways,
            l.items, l.subtotal, l.grams, l.ships, l.lines
        from unnest(p_carts) with ordinality as u (j, ord)
        join store.store s on s.id = (u.j ->> 'store')::bigint
        cross join lateral (
            select coalesce(u.j ->> 'currency', s.currency),
                   coalesce(u.j ->> 'country', s.countries[1])
        ) as d (currency, country)
        left join lateral store.tax_zone_of(s.id, d.country,
            u.j ->> 'region', u.j ->> 'postal_code') t on true
        left join lateral shipping.zone_of(s.id, d.country,
            u.j ->> 'region', u.j ->> 'postal_code') z on true
        cross join lateral (
            select coalesce(array_agg(r.tax_class), '{}'),
                   array_agg(r.name), coalesce(array_agg(r.rate), '{}'),
                   array_agg(r.base)
            from (select r.tax_class, r.name, r.rate,
                      case when t.tax_included then 100 + sum(r.rate)
                          over (partition by r.tax_class) else 100 end as base
                  from store.tax_rate r where r.zone_id = t.zone_id
                  order by r.rate desc, r.name) as r
        ) as r (classes, names, rates, bases)
        cross join lateral (
            select coalesce(sum(l.price * l.quantity), 0)::bigint as subtotal,
                   sum(l.weight_grams * l.quantity)::bigint as grams,
                   bool_or(l.requires_shipping) as ships,
                   bool_or(l.price is null) as missing,
                   string_agg(l.item, ',') as items,
                   array_agg(row(l.variant_id, l.quantity, l.product_id,
                       l.price, l.tax_class, l.available)::cart.offered)
                       as lines
            from (
                select w.variant_id, w.quantity, o.product_id, o.price,
                       o.tax_class, o.requires_shipping, o.weight_grams,
                       k.available, cart.item(o, w.quantity, k.available,
                                              s.display_limit) as item
                from (select (e ->> 0)::bigint, (e ->> 1)::bigint, n
                      from jsonb_array_elements(u.j -> 'lines')
                          with ordinality as e (e, n)
                     ) as w (variant_id, quantity, n)
                left join catalog.offer o on o.variant_id = w.variant_id
                    and o.currency = d.currency and o.store_id = s.id
                left join lateral (
                    select coalesce(sum(k.on_hand - k.reserved), 0)::bigint
                    from inventory.stock k
                    where k.variant_id = o.variant_id and k.for_sale
                ) as k (available) on p_stock
                order by w.n) as l
        ) as l
    loop
        return next cart.price(b.id, b.currency, b.country, b.postal_code,
            b.method, b.problem, b.included, b.classes, b.names, b.rates,
            b.bases, b.ways, b.items, b.subtotal, b.grams, b.ships, b.lines);
    end loop;
end
$$;

comment on function cart.quote is
    'prices, shipping, tax and total of a set of carts, for the cart''s answer'
    ' and for orders alike; a cart is {store, currency, country, region,'
    ' postal_code, coupons, shipping_method, lines: [[variant, quantity]]};'
    ' stock is looked at only when asked for';
