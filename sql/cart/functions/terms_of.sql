create or replace function cart.terms_of(p_store bigint, p_country text,
        p_region text, p_postal_code text, p_currency text)
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
           not exists (
               select from store.tax_area a where a.store_id = s.id
                   and a.country in (d.country, '*') and a.postal_prefix <> ''
               union all
               select from shipping.area a where a.store_id = s.id
                   and a.country in (d.country, '*') and a.postal_prefix <> ''),
           s.display_limit, coalesce(x.tax_included, s.tax_included),
           r.classes, r.rates, r.bases, r.sums, r.heads,
           w.ways, w.amounts, w.subtotals, w.grams, w.classes
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
        select coalesce(array_agg(r.tax_class order by r.n), '{}') as classes,
               coalesce(array_agg(r.rate order by r.n), '{}') as rates,
               coalesce(array_agg(case when x.tax_included then 100 + r.total
                                  else 100 end order by r.n), '{}') as bases,
               coalesce(array_agg(r.sum order by r.n), '{}') as sums,
               coalesce(array_agg('{"name":' || to_json(r.name) || ',"rate":'
                   || trim_scale(r.rate) || ',"amount":' order by r.n), '{}')
                   as heads
        from (select r.*, sum(r.rate) over (partition by r.tax_class) as total,
                  min(r.n) over (partition by r.name, r.rate)::int as sum
              from (select r.*, row_number() over (order by r.rate desc, r.name,
                        r.tax_class, r.position) as n
                    from store.tax_rate r where r.zone_id = x.zone_id) as r
             ) as r
    ) as r
    cross join lateral (
        select coalesce(array_agg(w.code), '{}') as ways,
               coalesce(array_agg(w.amount), '{}') as amounts,
               coalesce(array_agg(w.min_subtotal), '{}') as subtotals,
               coalesce(array_agg(w.max_grams), '{}') as grams,
               coalesce(array_agg(w.tax_class), '{}') as classes
        from (select m.code, r.amount, r.min_subtotal, r.max_grams,
                  m.tax_class
              from shipping.rate r
              join shipping.method m on m.id = r.method_id and m.active
              where r.zone_id = z.zone_id and r.currency = d.currency
              order by r.amount, m.position, m.code, r.id) as w
    ) as w
    where s.id = p_store;
    return t;
end
$$;

comment on function cart.terms_of is
    'taxes and ways to ship of an address, found out now';
