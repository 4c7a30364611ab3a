create or replace function recommendation.together(product bigint,
        store bigint, money text, size int)
    returns bigint[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return array(
        select b.other_id
        from (select p.other_id, p.orders from recommendation.pair p
              where p.product_id = product
              order by p.orders desc, p.other_id limit 200) as b
        join search.entry e on e.product_id = b.other_id
            and e.store_id = store and e.currency = money
        order by b.orders desc, b.other_id limit size);
end
$$;

comment on function recommendation.together is
    'what was in most orders with a product and is for sale, the best first';
