drop function if exists cart.terms_of(bigint, text, text, text, text);

create or replace function cart.terms_of(p_store bigint, p_country text,
        p_region text, p_postal_code text, p_currency text,
        p_relief text default null)
    returns cart.terms
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
    set enable_hashjoin = off
    set enable_mergejoin = off
as $$
declare
    t cart.terms;
begin
    select s.id, coalesce(p_country, ''), coalesce(p_region, ''),
           coalesce(p_currency, ''), d.country, d.currency,
           case when d.currency <> all (s.currencies) then 'currency'
                when d.country <> all (s.countries) then 'country' end,
           p_relief is null and not exists (
               select from store.tax_area a where a.store_id = s.id
                   and a.country in (d.country, '*') and a.postal_prefix <> ''
               union all
               select from shipping.area a where a.store_id = s.id
                   and a.country in (d.country, '*') and a.postal_prefix <> ''),
           s.display_limit, i.included, r.classes, r.rates, r.bases, r.sums,
           r.heads, w.ways, w.amounts, w.subtotals, w.grams, w.classes, (
               select min(b.at) from store.tax_rate r
               cross join lateral (values (r.valid_from), (r.valid_until))
                   as b (at)
               where r.zone_id = x.zone_id and b.at > now()),
           null, null, s.line_quantity, w.max_subtotals, w.min_grams,
           w.min_items, w.max_items, w.pickups
    into t
    from store.store s
    cross join lateral (
        select coalesce(p_currency, s.currency),
               coalesce(p_country, s.countries[1])
    ) as d (currency, country)
    left join lateral store.tax_zone_of(s.id, d.country, p_region,
                                        p_postal_code) x on true
    left join lateral shipping.zone_of(s.id, d.country, p_region,
                                       p_postal_code) z on true
    cross join lateral (
        select coalesce(x.tax_included, s.tax_included)
    ) as i (included)
    cross join lateral (
        select coalesce(array_agg(r.tax_class order by r.n), '{}') as classes,
               coalesce(array_agg(r.rate order by r.n), '{}') as rates,
               coalesce(array_agg(case when i.included then 100 + r.total
                                  else 100 end order by r.n), '{}') as bases,
               coalesce(array_agg(r.sum order by r.n), '{}') as sums,
               coalesce(array_agg('{"name":' || to_json(r.name) || ',"rate":'
                   || trim_scale(r.rate) || ',"amount":' order by r.n), '{}')
                   as heads
        from (select r.*, sum(r.rate) over (partition by r.tax_class) as total,
                  min(r.n) over (partition by r.name, r.rate)::int as sum
              from (select r.*, row_number() over (order by r.rate desc, r.name,
                        r.tax_class, r.position) as n
                    from store.tax_rate r
                    where r.zone_id = x.zone_id
                        and (r.valid_from is null or r.valid_from <= now())
                        and (r.valid_until is null or r.valid_until > now())
                   ) as r
             ) as r
    ) as r
    cross join lateral (
        select coalesce(array_agg(w.code), '{}') as ways,
               coalesce(array_agg(w.amount), '{}') as amounts,
               coalesce(array_agg(w.min_subtotal), '{}') as subtotals,
               coalesce(array_agg(w.max_grams), '{}') as grams,
               coalesce(array_agg(w.tax_class), '{}') as classes,
               coalesce(array_agg(w.max_subtotal), '{}') as max_subtotals,
               coalesce(array_agg(w.min_grams), '{}') as min_grams,
               coalesce(array_agg(w.min_items), '{}') as min_items,
               coalesce(array_agg(w.max_items), '{}') as max_items,
               coalesce(array_agg(w.pickup), '{}') as pickups
        from (select m.code, r.amount, r.min_subtotal, r.max_grams,
                  m.tax_class, r.max_subtotal, r.min_grams, r.min_items,
                  r.max_items, m.kind = 'pickup' as pickup
              from shipping.rate r
              join shipping.method m on m.id = r.method_id and m.active
              where r.zone_id = z.zone_id and r.currency = d.currency
              order by r.amount, m.position, m.code, r.id) as w
    ) as w
    where s.id = p_store;
    return case when p_relief is null then t
                else cart.relieved(t, p_relief) end;
end
$$;

comment on function cart.terms_of is
    'taxes and ways to ship of an address, found out now; p_relief: why no'
    ' tax is to be paid (cart.relief)';
