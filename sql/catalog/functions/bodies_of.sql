create or replace function catalog.bodies_of(products bigint[])
    returns table (product_id bigint, currency text, store_id bigint,
        version bigint, published boolean, seller_id uuid, stamp bigint,
        body text, fallback boolean)
    language plpgsql stable rows 1000
as $$
#variable_conflict use_column
begin
    return query
    with v as materialized (
        select * from catalog.variants_json(products)
    ), category as materialized (
        select k.id, replace(catalog.category_ref(k.id)::text, '%', '%%')
                   as ref
        from (select distinct v.category_id as id from v) as k
    )
    -- joined by one number each: joined by store as well, the plan may become
    -- one that compares all variants with all products
    select t.id, v.currency, v.store_id, t.version, t.published, t.seller_id,
           hashtext(b.body)::bigint, b.body, v.usual
    from v
    join catalog.product_texts(products) as t on t.id = v.product_id
    left join category k on k.id = v.category_id
    cross join lateral (
        select concat(t.head,
            ', "category" : ', coalesce(k.ref, 'null'),
            ', "price" : ',
            coalesce(api.money_text(v.price, v.priced), 'null'),
            ', "compare_at_price" : ',
            coalesce(api.money_text(v.compare_at, v.priced), 'null'),
            ', ', t.tail,
            ', "variants" : [', v.body, '], "in_stock" : %1$s}')
        offset 0) as b (body)
    where v.home or v.price is not null;
end
$$;

comment on function catalog.bodies_of is
    'the detail of products in every currency of the stores that show them';
