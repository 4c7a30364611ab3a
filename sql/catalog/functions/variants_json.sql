drop function if exists catalog.variants_json(bigint, text, text);

create or replace function catalog.variants_json(product bigint,
        currency text, fallback text, home boolean)
    returns table (body text, price bigint, compare_at bigint, priced text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with v as (
        select v.*, v as variant, row_number() over (order by v.id) + 1 as slot
        from catalog.variant v where v.product_id = product
    ), p as (
        select v.slot, v.position, v.id, v.sku, v.barcode, v.options,
               v.weight_grams, v.requires_shipping, v.metadata,
               catalog.limits_of(v.variant) as limits,
               coalesce(a.currency, b.currency) as priced,
               coalesce(w.amount, a.amount, b.amount) as price,
               pricing.struck(coalesce(a.amount, b.amount), w.amount,
                   case when a.amount is null then b.compare_at
                        else a.compare_at end) as compare_at
        from v
        left join catalog.price a
            on a.variant_id = v.id and a.currency = variants_json.currency
        left join catalog.price b
            on b.variant_id = v.id and b.currency = variants_json.fallback
        left join pricing.public_price w on w.variant_id = v.id
            and w.currency = coalesce(a.currency, b.currency) and home
        where v.deleted_at is null
    )
    select string_agg(
               replace(left(json_build_object(
                   'id', p.id::text,
                   'sku', p.sku,
                   'barcode', p.barcode,
                   'options', catalog.variant_options(product, p.options),
                   'price', api.money(p.price, p.priced),
                   'compare_at_price', api.money(p.compare_at, p.priced),
                   'lowest_price', api.money(case when p.compare_at is not null
                       then pricing.lowest(p.id, p.priced) end, p.priced),
                   'weight_grams', p.weight_grams,
                   'requires_shipping', p.requires_shipping,
                   'metadata', p.metadata,
                   'quantity_limits', catalog.limits_json(p.limits)
               )::text, -1), '%', '%%')
               || ', "available" : %' || p.slot || '$s}',
               ', ' order by p.position, p.id),
           (array_agg(p.price order by p.price, p.position))[1],
           (array_agg(p.compare_at order by p.price, p.position))[1],
           (array_agg(p.priced order by p.price, p.position))[1]
    from p
$$;

comment on function catalog.variants_json is
    'variants as the template of catalog.rendered holds them, and the lowest'
    ' price; a variant without a price in the currency shows the fallback''s;'
    ' at home prices are those of lists for everybody';
