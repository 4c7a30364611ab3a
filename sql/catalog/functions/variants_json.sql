drop function if exists catalog.variants_json(bigint, text, text);
drop function if exists catalog.variants_json(bigint, text, text, boolean);
drop function if exists catalog.variants_json(bigint[]);

create or replace function catalog.variants_json(products bigint[])
    returns table (product_id bigint, store_id bigint, currency text,
        category_id bigint, home boolean, usual boolean, body text,
        price bigint, compare_at bigint, priced text)
    language plpgsql stable rows 1000
as $$
#variable_conflict use_column
begin
    return query
    with v as materialized (
        -- what is the same in every currency
        select n.product_id, n.id, n.position, n.slot,
               replace(concat(
                   '{"id" : "', n.id,
                   '", "sku" : ', to_json(n.sku),
                   ', "barcode" : ', coalesce(to_json(n.barcode)::text,
                                              'null'),
                   ', "options" : ', (
                       select coalesce(jsonb_object_agg(o.name,
                                  n.options[o.position]), '{}')
                       from catalog.option o
                       where o.product_id = n.product_id)
               ), '%', '%%') as head,
               concat(
                   '"weight_grams" : ', n.weight_grams,
                   ', "requires_shipping" : ', n.requires_shipping::text,
                   ', "metadata" : ', replace(n.metadata::text, '%', '%%'),
                   ', "quantity_limits" : ', coalesce(n.limits::text, 'null'),
                   ', "available" : %', n.slot, '$s}') as tail
        from (select x.*, catalog.limits_json(catalog.limits_of(x)) as limits,
                     row_number() over (partition by x.product_id
                                        order by x.id) + 1 as slot
              from catalog.variant x
              where x.product_id = any (products)) as n
        where n.deleted_at is null
    ), p as (
        select v.*, q.product_id as product, s.id as store_id,
               c.code as currency, q.category_id, q.home,
               c.code = s.currency as usual,
               coalesce(a.currency, b.currency) as priced,
               coalesce(o.amount, a.amount, b.amount) as price,
               pricing.struck(coalesce(a.amount, b.amount), o.amount,
                   case when a.amount is null then b.compare_at
                        else a.compare_at end) as compare_at
        from catalog.place q
        left join v on v.product_id = q.product_id
        join store.store s on s.id = q.store_id
        cross join unnest(s.currencies) as c (code)
        left join catalog.price a
            on a.variant_id = v.id and a.currency = c.code
        left join catalog.price b
            on b.variant_id = v.id and b.currency = s.currency
        left join pricing.public_price o on o.variant_id = v.id
            and o.currency = coalesce(a.currency, b.currency) and q.home
        where q.product_id = any (products)
    )
    select p.product, p.store_id, p.currency, p.category_id, p.home, p.usual,
           string_agg(concat(p.head,
                   ', "price" : ',
                   coalesce(api.money_text(p.price, p.priced), 'null'),
                   ', "compare_at_price" : ',
                   coalesce(api.money_text(p.compare_at, p.priced), 'null'),
                   ', "lowest_price" : ',
                   coalesce(case when p.compare_at is not null then
                       api.money_text(pricing.lowest(p.id, p.priced), p.priced)
                       end, 'null'),
                   ', ', p.tail),
               ', ' order by p.position, p.id)
               filter (where p.id is not null),
           (array_agg(p.price order by p.price, p.position))[1],
           (array_agg(p.compare_at order by p.price, p.position))[1],
           (array_agg(p.priced order by p.price, p.position))[1]
    from p
    group by 1, 2, 3, 4, 5, 6;
end
$$;

comment on function catalog.variants_json is
    'the variants of products in every place and currency, as the template of'
    ' catalog.rendered holds them, and the lowest price; a variant without a price in the currency shows that of the'
    ' store''s own; at home prices are those of lists for everybody';
