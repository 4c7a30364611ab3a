drop function if exists catalog.import_prices(store.store,
                                              catalog.import_row[]);

create or replace function catalog.import_prices(store store.store,
        rows catalog.import_row[])
    returns bigint[]
    language plpgsql volatile
as $$
declare
    variants bigint[];
    others bigint[];
begin
    with moved as (
        insert into catalog.price as p (variant_id, currency, amount, compare_at)
        select distinct on (x.variant_id, x.currency) x.variant_id, x.currency,
               x.amount, x.compare_at
        from (
            select r.variant_id, r.line,
                   coalesce(r.cells ->> 'currency', store.currency) as currency,
                   coalesce(r.cells ->> 'price', case when r.added
                       then g.price end)::bigint as amount,
                   nullif(r.cells ->> 'compare_at_price', '-')::bigint
                       as compare_at
            from unnest(rows) as r
            left join (
                select distinct on (u.product_id) u.product_id,
                       u.cells ->> 'price' as price
                from unnest(rows) as u where u.cells ? 'price'
                order by u.product_id, u.line) as g
                on g.product_id = r.product_id
            where r.variant_id is not null
            union all
            select r.variant_id, r.line, m.key, m.value::bigint, null
            from unnest(rows) as r, jsonb_each_text(r.cells -> 'prices') as m
            where r.variant_id is not null
        ) as x
        where x.amount is not null
        order by x.variant_id, x.currency, x.line desc
        on conflict (variant_id, currency) do update
        set amount = excluded.amount,
            converted = p.converted and p.amount = excluded.amount,
            compare_at = coalesce(excluded.compare_at, p.compare_at)
        where p.amount <> excluded.amount
        or excluded.compare_at <> p.compare_at
        or excluded.compare_at is not null and p.compare_at is null
        returning p.variant_id
    )
    select array_agg(m.variant_id) into variants from moved m;

    with moved as (
        update catalog.price p
        set compare_at = nullif(r.cells ->> 'compare_at_price', '-')::bigint
        from unnest(rows) as r
        where r.cells ? 'compare_at_price' and p.variant_id = r.variant_id
        and p.currency = coalesce(r.cells ->> 'currency', store.currency)
        and p.compare_at is distinct from
            nullif(r.cells ->> 'compare_at_price', '-')::bigint
        returning p.variant_id
    )
    select array_agg(m.variant_id) into others from moved m;

    return array(
        select distinct r.product_id from unnest(rows) as r
        where r.variant_id = any (variants || others));
end
$$;

comment on function catalog.import_prices is
    'prices of rows; a new variant without one has that of its product; the'
    ' products whose prices are not what they were';
