create or replace function catalog.import_check(store store.store,
        seller uuid, lines catalog.import_row[])
    returns catalog.import_error[]
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with r as materialized (
        select u.*, p.seller_id, p.id is not null as there, k.keys,
               first_value(k.keys) over same_product as first_keys,
               first_value(u.variant_id) over same_options as first_variant,
               first_value(u.cells ->> 'sku') over same_options as first_sku,
               first_value(u.product_id) over same_slug as slug_of,
               first_value(u.product_id) over same_sku as sku_of,
               o.product_id as sku_taken,
               bool_or(u.cells ? 'name') over same_product as named,
               bool_or(u.cells ? 'price') over same_product as priced
        from unnest(lines) as u
        cross join lateral (
            select string_agg(o, '|' order by o collate "C") as keys
            from jsonb_object_keys(u.cells -> 'options') as o) as k
        left join catalog.product p on p.id = u.product_id
        left join catalog.variant o on o.store_id = store.id
            and o.sku = u.cells ->> 'sku' and o.deleted_at is null
        window same_slug as (partition by u.cells ->> 'slug' order by u.line),
            same_sku as (partition by u.cells ->> 'sku' order by u.line),
            same_product as (partition by u.product_id),
            same_options as (partition by u.product_id, u.added,
                             u.cells -> 'options' order by u.line)
    ), attributes as materialized (
        select a.* from catalog.import_check_attributes(store.id, lines) as a
    )
    select array_agg(row(r.line, c.name, c.detail)::catalog.import_error
                     order by r.line, c.n)
    from r
    cross join lateral (
        select w.name, w.detail, 1 as n
        from catalog.import_check_cells(store, r.cells) as w
        where r.bad is null
        union all
        select w.name, w.detail, 3
        from attributes w
        where w.line = r.line and r.bad is null
        union all
        select w.name, w.detail, 2
        from (values
            (null, r.bad, r.bad is not null),
            ('name', 'is needed for a new product', r.made and not r.named),
            ('price', 'is needed for a new variant',
             r.added and not r.priced),
            ('sku', 'the product has several variants: name one by its SKU or'
                ' its options', r.variant_id is null and r.cells ?| array[
                'price', 'prices', 'compare_at_price', 'stock', 'barcode',
                'weight_grams', 'requires_shipping']),
            ('options', 'a variant has a value for each option of its'
                ' product', r.added and r.keys is distinct from case
                when r.made then r.first_keys else (
                    select string_agg(o.name, '|' order by o.name collate "C")
                    from catalog.option o
                    where o.product_id = r.product_id) end),
            ('options', 'another row has the same', r.added
             and (r.first_variant <> r.variant_id
                  or r.first_sku <> r.cells ->> 'sku')),
            ('sku', 'is that of another product',
             r.sku_taken <> r.product_id),
            ('sku', 'is that of another product of this file',
             r.cells ? 'sku' and r.sku_of <> r.product_id),
            ('slug', 'is that of another product of this file',
             r.cells ? 'slug' and r.slug_of <> r.product_id),
            (null, 'this is another seller''s product', seller is not null
                and r.there and r.seller_id is distinct from seller)
        ) as w (name, detail, wrong)
        where w.wrong and (r.bad is null or w.detail = r.bad)
    ) as c
$$;

comment on function catalog.import_check is
    'what is wrong with rows, before anything is written; seller: whose'
    ' products alone may be changed, null for all';
