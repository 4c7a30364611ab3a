create or replace function store.rates_take(document text)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    taken int;
    found int;
begin
    with days as (
        select (xpath('/*/@time', d.node))[1]::text as day, d.node
        from unnest(xpath('//*[local-name()="Cube"][@time]',
                          xmlparse(document document))) as d (node)
    ), rates as (
        select d.day, (xpath('/*/@currency', r.node))[1]::text as currency,
               (xpath('/*/@rate', r.node))[1]::text as rate
        from days d,
             unnest(xpath('/*/*[local-name()="Cube"][@currency]', d.node))
                 as r (node)
    ), good as (
        select r.currency, r.day::date as day, r.rate::numeric as rate
        from rates r join api.currency c on c.code = r.currency
        where r.day ~ '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
        and r.rate ~ '^[0-9]{1,9}([.][0-9]{1,12})?$' and c.code <> 'EUR'
    ), put as (
        insert into store.exchange_rate as e (base, currency, day, rate)
        select 'EUR', g.currency, g.day, g.rate from good g where g.rate > 0
        order by g.currency, g.day
        on conflict (base, currency, day) do update
        set rate = excluded.rate
        where e.rate <> excluded.rate
        returning 1
    )
    select (select count(*) from put),
           (select count(*) from good g where g.rate > 0)
        into taken, found;
    if found = 0 then
        perform api.fail('ZZ422', 'The document holds no exchange rates.');
    end if;

    if taken > 0 then
        perform store.convert_later(c.store_id, c.currency, null)
            from store.conversion c
            where c.convert and c.rate is null
            order by c.store_id, c.currency;
    end if;
    return taken;
end
$$;

comment on function store.rates_take is
    'reference rates in the XML of the European Central Bank: how many were'
    ' new; prices that follow them are put right by jobs. Without any it is'
    ' refused';
