create or replace function catalog.import_match(store bigint,
        lines catalog.import_row[])
    returns catalog.import_row[]
    language plpgsql volatile
as $$
begin
    return (
    with found as materialized (
        select r.line, r.cells, r.bad,
               coalesce(p.id, v.product_id) as known,
               case when v.product_id = coalesce(p.id, v.product_id)
                    then v.id end as variant,
               coalesce('slug ' || (r.cells ->> 'slug'),
                        'sku ' || (r.cells ->> 'sku'),
                        'line ' || r.line) as name
        from unnest(lines) as r
        left join catalog.product p on p.store_id = store
            and p.slug = r.cells ->> 'slug' and p.deleted_at is null
        left join catalog.variant v on v.store_id = store
            and v.sku = r.cells ->> 'sku' and v.deleted_at is null
    ), fresh as materialized (
        select n.name, nextval('catalog.item_id') as id
        from (select f.name from found f where f.known is null
              group by f.name order by min(f.line)) as n
    ), placed as materialized (
        select f.line, f.cells, f.bad, f.known is null as made,
               coalesce(f.known, n.id) as product, f.variant,
               coalesce(f.cells -> 'options{}', '{}')
                   || coalesce(f.cells -> 'options', '{}') as options
        from found f left join fresh n on f.known is null and n.name = f.name
    ), named as materialized (
        -- without a known SKU it is the variant with these options, or the
        -- only one there is
        select p.*, case
            when p.made then null
            when p.variant is not null then p.variant
            when p.options <> '{}' then (
                select v.id from catalog.variant v
                where v.product_id = p.product and v.deleted_at is null
                and catalog.variant_options(p.product, v.options) = p.options)
            else (
                select min(v.id) from catalog.variant v
                where v.product_id = p.product and v.deleted_at is null
                having count(*) = 1) end as old
        from placed p
    ), owned as materialized (
        -- rows of one new variant: of the same options, else of the same SKU,
        -- else of the first
        select n.*, case
            when n.options <> '{}' then n.options::text
            when n.cells ? 'sku' then n.cells ->> 'sku'
            else first_value(n.cells ->> 'sku') over (
                partition by n.product
                order by n.cells ? 'sku' desc, n.line) end as own
        from named n
    ), news as materialized (
        select n.product, n.made, n.own, n.line,
               row_number() over (partition by n.product order by n.line) as k
        from (select o.product, o.made, coalesce(o.own, '') as own,
                     min(o.line) as line
              from owned o where o.old is null
              and (o.made or o.cells ? 'sku' or o.options <> '{}')
              group by 1, 2, 3) as n
    ), ids as materialized (
        select n.product, n.own, case when n.made and n.k = 1 then n.product
                    else nextval('catalog.item_id') end as id
        from news n
    )
    select array_agg(row(n.line, n.cells || jsonb_build_object('options',
                             n.options), n.bad, n.product,
                         coalesce(n.old, i.id), n.made,
                         n.old is null and i.id is not null
                     )::catalog.import_row order by n.line)
    from owned n
    left join ids i on n.old is null and i.product = n.product
        and i.own = coalesce(n.own, ''));
end
$$;

comment on function catalog.import_match is
    'what rows are about: the product of their slug, else of their SKU, else'
    ' a new one';
