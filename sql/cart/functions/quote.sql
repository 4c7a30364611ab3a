create or replace function cart.quote(p_carts jsonb[], p_stock boolean)
    returns table (cart int, problem text, body text, total bigint,
        method text, lines cart.line[])
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
    set enable_hashjoin = off
    set enable_mergejoin = off
as $$
begin
    return query
    with cart as materialized (
        select c.ord::int as id, c.j, s.id as store, d.currency, d.country,
               t.zone_id as tax_zone, z.zone_id as ship_zone, s.display_limit,
               coalesce(t.tax_included, s.tax_included) as included,
               case when d.currency <> all (s.currencies) then 'currency'
                    when d.country <> all (s.countries) then 'country'
               end as problem
        from unnest(p_carts) with ordinality as c (j, ord)
        join store.store s on s.id = (c.j ->> 'store')::bigint
        cross join lateral (
            select coalesce(c.j ->> 'currency', s.currency),
                   coalesce(c.j ->> 'country', s.countries[1])
        ) as d (currency, country)
        left join lateral store.tax_zone_of(s.id, d.country,
            c.j ->> 'region', c.j ->> 'postal_code') t on true
        left join lateral shipping.zone_of(s.id, d.country,
            c.j ->> 'region', c.j ->> 'postal_code') z on true
    ), line as materialized (
        select c.id, l.n, l.variant_id, l.quantity, o.product_id, o.price,
               o.price * l.quantity as amount, o.tax_class, o.sku, o.name,
               o.image, o.options, o.requires_shipping,
               o.weight_grams * l.quantity as grams, s.available
        from cart c
        cross join lateral (
            select (e ->> 0)::bigint, (e ->> 1)::bigint, i
            from jsonb_array_elements(c.j -> 'lines') with ordinality
                as t (e, i)
        ) as l (variant_id, quantity, n)
        left join catalog.offer o on o.variant_id = l.variant_id
            and o.currency = c.currency and o.store_id = c.store
        left join lateral (
            select coalesce(sum(s.on_hand - s.reserved), 0)::bigint
            from inventory.stock s
            where p_stock and s.variant_id = o.variant_id and s.for_sale
        ) as s (available) on true
    ), sums as materialized (
        select l.id, coalesce(sum(l.amount), 0)::bigint as subtotal,
               coalesce(sum(l.grams), 0)::bigint as grams,
               bool_or(l.price is null) as unknown,
               coalesce(bool_or(l.requires_shipping), false) as ships
        from line l group by l.id
    ), ship as materialized (
        select s.id, o.code, o.amount, o.tax_class
        from sums s join cart c on c.id = s.id
        cross join lateral shipping.choose(c.ship_zone, c.currency,
            s.subtotal, s.grams, c.j ->> 'shipping_method') o
        where s.ships
    ), tax as materialized (
        select t.id, t.n, r.name, r.rate,
               cart.half_up(t.amount, r.rate, case when c.included
                   then 100 + sum(r.rate) over (partition by t.id, t.n)
                   else 100 end) as amount
        from (select l.id, l.n, l.amount, l.tax_class from line l
              union all select s.id, 0, s.amount, s.tax_class from ship s
             ) as t (id, n, amount, tax_class)
        join cart c on c.id = t.id
        join store.tax_rate r on r.zone_id = c.tax_zone
            and r.tax_class = t.tax_class
    ), items as (
        select l.id, string_agg(cart.item(l.product_id, l.variant_id, l.sku,
                   l.name, l.options, l.image, l.quantity, l.price, l.amount,
                   c.currency, case when p_stock then least(l.available,
                       greatest(c.display_limit, l.quantity)) end),
                   ',' order by l.n) filter (where l.price is not null) as body,
               array_agg(row(l.product_id, l.variant_id, l.quantity, l.price,
                   l.amount, coalesce(t.amount, 0), coalesce(t.rate, 0),
                   l.available)::cart.line order by l.n) as lines
        from line l join cart c on c.id = l.id
        left join lateral (select sum(t.amount)::bigint, sum(t.rate)
            from tax t where t.id = l.id and t.n = l.n) as t (amount, rate)
            on true
        group by l.id
    )
    select c.id, coalesce(c.problem,
               case when s.id is null then 'empty'
                    when s.unknown then 'unavailable'
                    when jsonb_array_length(c.j -> 'coupons') > 0 then 'coupon'
                    when s.ships and h.id is null
                         and c.j ->> 'shipping_method' is not null
                        then 'shipping_method'
                    when s.ships and h.id is null then 'unserved' end),
           cart.body(c.currency, c.country, c.j ->> 'postal_code', i.body,
               coalesce(s.subtotal, 0), h.amount, h.code, x.total, c.included,
               x.body),
           coalesce(s.subtotal, 0) + coalesce(h.amount, 0)
               + case when c.included then 0 else x.total end,
           h.code, i.lines
    from cart c
    left join sums s on s.id = c.id
    left join ship h on h.id = c.id
    left join items i on i.id = c.id
    cross join lateral (
        select coalesce(sum(g.amount), 0)::bigint,
               string_agg(g.body, ',' order by g.rate desc, g.name)
        from (select t.name, t.rate, sum(t.amount) as amount,
                     cart.tax_line(t.name, t.rate, sum(t.amount)::bigint,
                                   c.currency) as body
              from tax t where t.id = c.id group by t.name, t.rate) as g
    ) as x (total, body);
end
$$;

comment on function cart.quote is
    'prices, shipping, tax and total of a set of carts, for the cart''s answer'
    ' and for orders alike; a cart is {store, currency, country, region,'
    ' postal_code, coupons, shipping_method, lines: [[variant, quantity]]};'
    ' stock is looked at only when asked for';
