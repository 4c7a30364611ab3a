create or replace function store.conversions(p_store bigint)
    returns table (currency text, rate numeric, digits int, step bigint,
        ending bigint)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select c.currency, store.rate(s.id, c.currency),
           x.exponent - b.exponent, c.step, c.ending
    from store.store s
    join store.conversion c on c.store_id = s.id and c.convert
        and c.currency = any (s.currencies) and c.currency <> s.currency
    join api.currency b on b.code = s.currency
    join api.currency x on x.code = c.currency
    where s.id = p_store and store.rate(s.id, c.currency) is not null
$$;

comment on function store.conversions is
    'into what a store converts its prices, and how';
