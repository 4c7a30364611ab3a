create or replace function catalog.collection_fill(collection bigint,
        place bigint, size int)
    returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    c catalog.collection;
    seen bigint[];
    moved bigint[];
begin
    select k.* into strict c from catalog.collection k
        where k.id = collection for no key update;
    seen := array(
        select q.product_id from catalog.place q
        join catalog.product p on p.id = q.product_id
        where q.store_id = c.store_id and q.product_id > place
        and p.deleted_at is null
        order by q.product_id limit size);
    with fits as materialized (
        select t.product_id from catalog.traits(seen) as t
        where t.store_id = c.store_id and t.body @@ c.test
    ), gone as (
        delete from catalog.collection_product x
        where x.collection_id = c.id and x.product_id = any (seen)
        and x.product_id not in (select f.product_id from fits f)
        returning x.product_id
    ), come as (
        insert into catalog.collection_product (collection_id, product_id)
        select c.id, f.product_id from fits f order by f.product_id
        on conflict do nothing
        returning product_id
    )
    select array_agg(m.product_id order by m.product_id) into moved
        from (select product_id from gone
              union all select product_id from come) as m;
    perform catalog.reindex(moved) where moved is not null;
    return case when cardinality(seen) = size then seen[size] end;
end
$$;

comment on function catalog.collection_fill is
    'applies the rule of a collection to some products behind a place; the'
    ' place where it stopped, or null when there are no more';
