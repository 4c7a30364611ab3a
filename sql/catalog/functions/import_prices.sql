create or replace function catalog.import_prices(store store.store,
        rows catalog.import_row[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into catalog.price as p (variant_id, currency, amount, compare_at)
    select x.variant_id, x.currency, (array_agg(x.amount
               order by x.line desc))[1], (array_agg(x.compare_at
               order by x.line desc))[1]
    from (
        select r.variant_id, r.line,
               coalesce(r.cells ->> 'currency', store.currency) as currency,
               coalesce(r.cells ->> 'price', case when r.added
                   then g.price end)::bigint as amount,
               nullif(r.cells ->> 'compare_at_price', '-')::bigint
                   as compare_at
        from unnest(rows) as r
        left join lateral (
            select u.cells ->> 'price' as price from unnest(rows) as u
            where u.product_id = r.product_id and u.cells ? 'price'
            order by u.line limit 1) as g
            on r.added and not r.cells ? 'price'
        where r.variant_id is not null
        union all
        select r.variant_id, r.line, m.key, m.value::bigint, null
        from unnest(rows) as r, jsonb_each_text(r.cells -> 'prices') as m
        where r.variant_id is not null
    ) as x
    where x.amount is not null
    group by x.variant_id, x.currency
    order by x.variant_id, x.currency
    on conflict (variant_id, currency) do update
    set amount = excluded.amount, converted = false,
        compare_at = coalesce(excluded.compare_at, p.compare_at);

    update catalog.price p
    set compare_at = nullif(r.cells ->> 'compare_at_price', '-')::bigint
    from unnest(rows) as r
    where r.cells ? 'compare_at_price' and p.variant_id = r.variant_id
    and p.currency = coalesce(r.cells ->> 'currency', store.currency)
    and p.compare_at is distinct from
        nullif(r.cells ->> 'compare_at_price', '-')::bigint
$$;

comment on function catalog.import_prices is
    'prices of rows; a new variant without one has that of its product';
