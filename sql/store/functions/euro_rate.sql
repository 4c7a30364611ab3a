create or replace function store.euro_rate(p_currency text)
    returns table (rate numeric, day date)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select 1::numeric, null::date where p_currency = 'EUR'
    union all
    (select r.rate, r.day from store.exchange_rate r
     where r.base = 'EUR' and r.currency = p_currency
     order by r.day desc limit 1)
$$;

comment on function store.euro_rate is
    'the newest imported rate of a currency against the euro, and its day';
