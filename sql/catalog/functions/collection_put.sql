create or replace function catalog.collection_put(c catalog.collection,
                                                  products jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    ids bigint[];
    before bigint[];
begin
    ids := catalog.collection_members(c.store_id, products, '/products');
    before := array(select x.product_id from catalog.collection_product x
                    where x.collection_id = c.id);
    delete from catalog.collection_product x
        where x.collection_id = c.id and x.product_id <> all (ids);
    insert into catalog.collection_product (collection_id, product_id,
                                            position)
    select c.id, u.id, u.n from unnest(ids) with ordinality as u (id, n)
    on conflict (collection_id, product_id) do update
    set position = excluded.position;
    perform search.index(array(
        select i from unnest(before || ids) as i
        group by i having count(*) = 1 order by i));
end
$$;

comment on function catalog.collection_put is
    'the products of a collection made by hand, in this order, in place of'
    ' those it had';
