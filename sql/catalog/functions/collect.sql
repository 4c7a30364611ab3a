create or replace function catalog.collect(products bigint[])
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (select from catalog.collection c where c.kind = 'rule') then
        return;
    end if;
    -- traits are made once, in the order of all who write members
    with fits as materialized (
        select c.id, t.product_id
        from catalog.traits(products) as t
        join catalog.collection c on c.store_id = t.store_id
            and c.kind = 'rule' and t.body @@ c.test
    ), gone as (
        delete from catalog.collection_product x
        using catalog.collection c
        where x.product_id = any (products)
        and c.id = x.collection_id and c.kind = 'rule'
        and not exists (select from fits f where f.id = x.collection_id
                        and f.product_id = x.product_id)
    )
    insert into catalog.collection_product (collection_id, product_id)
    select f.id, f.product_id from fits f
    order by f.id, f.product_id
    on conflict do nothing;
end
$$;

comment on function catalog.collect is
    'puts products into the collections whose rule they fit, and out of the'
    ' others';
