drop function if exists catalog.import_variants(bigint, text[],
                                                catalog.import_row[]);

create or replace function catalog.import_variants(store bigint,
        columns text[], rows catalog.import_row[])
    returns bigint[]
    language plpgsql volatile
as $$
declare
    touched bigint[];
begin
    -- options of new products; further values of those that are there
    insert into catalog.option as o (product_id, position, name, "values")
    select v.product_id, row_number() over (partition by v.product_id
               order by array_position(columns, 'options.' || v.name), v.name),
           v.name, v.found
    from (select x.product_id, x.key as name,
                 array_agg(x.value order by x.line) as found
          from (select r.product_id, o.key, o.value, min(r.line) as line
                from unnest(rows) as r,
                     jsonb_each_text(r.cells -> 'options') as o
                where r.added
                group by 1, 2, 3) as x
          group by 1, 2) as v
    on conflict (product_id, name) do update
    set "values" = o."values" || array(
        select e from unnest(excluded."values") with ordinality as u (e, n)
        where e <> all (o."values") order by n);

    -- new variants come with their stock (import_stock)
    perform set_config('shop.stock', 'own', true);
    insert into catalog.variant (id, product_id, store_id, sku, barcode,
        options, position, weight_grams, requires_shipping, min_quantity,
        max_quantity, quantity_step)
    select v.id, v.product_id, store,
           coalesce(v.d ->> 'sku', 'P' || v.id),
           nullif(v.d ->> 'barcode', '-'),
           array(select v.d -> 'options' ->> o.name from catalog.option o
                 where o.product_id = v.product_id order by o.position),
           coalesce((select max(w.position) from catalog.variant w
                     where w.product_id = v.product_id), 0)
               + row_number() over (partition by v.product_id order by v.line),
           coalesce((v.d ->> 'weight_grams')::int, 0),
           coalesce(lower(v.d ->> 'requires_shipping') in ('true', 'yes', '1'),
                    true),
           coalesce((v.d ->> 'min_quantity')::int, 1),
           nullif(v.d ->> 'max_quantity', '-')::int,
           coalesce((v.d ->> 'quantity_step')::int, 1)
    from (select r.variant_id as id, r.product_id, min(r.line) as line,
                 catalog.merged(r.cells) as d
          from (select * from unnest(rows) as u where u.added
                order by u.variant_id, u.product_id, u.line) as r
          group by 1, 2) as v
    order by v.id;
    perform set_config('shop.stock', '', true);

    with said as materialized (
        select r.variant_id as id, catalog.merged(r.cells order by r.line) as d
        from unnest(rows) as r
        where not r.added and r.variant_id is not null
        and r.cells ?| array['sku', 'barcode', 'weight_grams',
            'requires_shipping', 'min_quantity', 'max_quantity',
            'quantity_step']
        group by 1
    ), changed as (
        update catalog.variant v
        set sku = n.sku, barcode = n.barcode, weight_grams = n.weight_grams,
            requires_shipping = n.requires_shipping,
            min_quantity = n.min_quantity, max_quantity = n.max_quantity,
            quantity_step = n.quantity_step
        from said s
        join catalog.variant o on o.id = s.id
        cross join lateral catalog.import_variant(o, s.d) as n
        where v.id = s.id and n is distinct from o
        returning v.product_id
    )
    select array_agg(distinct c.product_id) into touched from changed c;
    return coalesce(touched, '{}');
end
$$;

comment on function catalog.import_variants is
    'options and variants of rows: new ones, and what is said of others; the'
    ' products whose variants are not what they were';
