create or replace function catalog.import_check(store store.store,
        seller uuid, lines catalog.import_row[])
    returns catalog.import_error[]
    language plpgsql stable
as $$
begin
    return (
    with place as materialized (
        select c.ref, catalog.category_find(store.id, c.ref) as id
        from (select distinct u.cells ->> 'category' as ref
              from unnest(lines) as u) as c
        where c.ref <> '-'
    ), r as materialized (
        select u.*, p.seller_id, p.id is not null as there, k.keys,
               first_value(k.keys) over same_product as first_keys,
               first_value(u.variant_id) over same_options as first_variant,
               first_value(u.cells ->> 'sku') over same_options as first_sku,
               first_value(u.product_id) over same_slug as slug_of,
               first_value(u.product_id) over same_sku as sku_of,
               o.product_id as sku_taken, g.id as category_id,
               bool_or(u.cells ? 'name') over same_product as named,
               bool_or(u.cells ? 'price') over same_product as priced
        from unnest(lines) as u
        cross join lateral (
            select string_agg(o, '|' order by o collate "C") as keys
            from jsonb_object_keys(u.cells -> 'options') as o) as k
        left join place g on g.ref = u.cells ->> 'category'
        left join catalog.product p on p.id = u.product_id
        left join catalog.variant o on o.store_id = store.id
            and o.sku = u.cells ->> 'sku' and o.deleted_at is null
        window same_slug as (partition by u.cells ->> 'slug' order by u.line),
            same_sku as (partition by u.cells ->> 'sku' order by u.line),
            same_product as (partition by u.product_id),
            same_options as (partition by u.product_id, u.added,
                             u.cells -> 'options' order by u.line)
    ), judged as (
        select r.line, r.bad, c.flaws || array[
            r.made and not r.named,
            r.added and not r.priced,
            r.variant_id is null and r.cells ?| array['price', 'prices',
                'compare_at_price', 'stock', 'barcode', 'weight_grams',
                'requires_shipping', 'min_quantity', 'max_quantity',
                'quantity_step'],
            r.added and r.keys is distinct from case
                when r.made then r.first_keys else (
                    select string_agg(o.name, '|' order by o.name collate "C")
                    from catalog.option o
                    where o.product_id = r.product_id) end,
            r.added and (r.first_variant <> r.variant_id
                         or r.first_sku <> r.cells ->> 'sku'),
            case when r.cells ?| array['min_quantity', 'max_quantity',
                                       'quantity_step']
                and (true = any (c.flaws)) is not true
                then not catalog.import_check_quantities(r.variant_id, r.cells)
                end,
            r.sku_taken <> r.product_id,
            r.cells ? 'sku' and r.sku_of <> r.product_id,
            r.cells ? 'slug' and r.slug_of <> r.product_id,
            seller is not null and r.there
                and r.seller_id is distinct from seller] as flaws
        from r
        cross join lateral catalog.import_check_cells(store, r.cells,
                                                      r.category_id) as c
        offset 0
    )
    select array_agg(row(w.line, w.name, w.detail)::catalog.import_error
                     order by w.line, w.n)
    from (
        select j.line, null as name, j.bad as detail, 0 as n
        from judged j where j.bad is not null
        union all
        select j.line, c.name, c.detail, c.n
        from judged j
        cross join lateral (
            select k.* from catalog.import_complaints() as k
            where j.flaws[k.n]) as c
        where j.bad is null and true = any (j.flaws)
        union all
        select a.line, a.name, a.detail, 100
        from (select * from catalog.import_check_attributes(store.id, lines)
              union all
              select * from catalog.import_check_dates(lines)) as a
        where not exists (select from judged j
                          where j.line = a.line and j.bad is not null)
    ) as w);
end
$$;

comment on function catalog.import_check is
    'what is wrong with rows, before anything is written; seller: whose'
    ' products alone may be changed, null for all';
