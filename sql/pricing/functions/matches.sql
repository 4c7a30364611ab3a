create or replace function pricing.matches(b pricing.basket,
        p_products bigint[], p_variants bigint[], p_categories bigint[],
        p_collections bigint[], p_except_products bigint[],
        p_except_categories bigint[])
    returns boolean[]
    language plpgsql stable
as $$
declare
    open constant boolean := cardinality(p_products || p_variants
        || p_categories || p_collections) = 0;
begin
    if open and cardinality(p_except_products || p_except_categories) = 0 then
        return array(select p is not null
                     from unnest(b.products) with ordinality as u (p, n)
                     order by n);
    end if;
    return array(
        select o.category_path is not null
            and (open or b.products[n] = any (p_products)
                 or b.variants[n] = any (p_variants)
                 or o.category_path && p_categories
                 or cardinality(p_collections) > 0
                    and pricing.collected(b.products[n], p_collections))
            and b.products[n] <> all (p_except_products)
            and not o.category_path && p_except_categories
        from generate_series(1, cardinality(b.variants)) as n
        left join lateral (
            select k.category_path from catalog.offer k
            where k.variant_id = b.variants[n] and k.currency = b.currency
                and k.store_id = b.store_id
            offset 0) as o on true
        order by n);
end
$$;

comment on function pricing.matches is
    'which lines are of these products, variants, categories or collections,'
    ' all when there are none of them, less the exceptions';
