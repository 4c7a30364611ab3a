create or replace function store.rate_body(store store.store, currency text)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'currency', rate_body.currency,
        'base', store.currency,
        'rate', trim_scale(r.rate)::text,
        'source', case when c.rate is not null then 'staff'
                       when r.rate is not null then 'import' end,
        'day', case when c.rate is null then least(t.day, f.day) end,
        'own_rate', trim_scale(c.rate)::text,
        'convert', coalesce(c.convert, false),
        'step', coalesce(c.step, 1),
        'ending', coalesce(c.ending, 0),
        'job_id', (select j.id from ops.job j
                   where j.store_id = store.id and j.kind = 'prices.convert'
                   and j.status in ('queued', 'running')
                   and j.options ->> 'currency' = rate_body.currency
                   order by j.created_at limit 1),
        'updated_at', api.time(c.updated_at))
    from (select store.rate(store.id, rate_body.currency)) as r (rate)
    left join store.conversion c on c.store_id = store.id
        and c.currency = rate_body.currency
    left join lateral store.euro_rate(rate_body.currency) as t on true
    left join lateral store.euro_rate(store.currency) as f on true
$$;

comment on function store.rate_body is
    'what a store makes of a currency, as the API shows it; rates are text:'
    ' no reader may take them for a float';
