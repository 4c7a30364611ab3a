-- What was written at once is what search.index() writes; best sellers.

\set ON_ERROR_STOP on
set session_replication_role = replica;
set client_min_messages = warning;

select search.mark_best() \g /dev/null

create temp view told as
select f.product_id, f.newest, f.rating, f.sold, f.in_stock, f.path, f.shown,
       f.prices, f.keys, f.start, f.head, f.numbers, f.words,
       array(select v from unnest(f.vocabulary) as v order by v) as vocabulary,
       e.category_path, e.tokens, e.labels, e.price, e.card
from search.fact f
join search.entry e on e.product_id = f.product_id
    and e.store_id = f.store_id;

create temp table drawn as
select t.* from told t
join catalog.product p on p.id = t.product_id
where p.slug ~ '^bench-[0-9]*50$' order by hashint8(t.product_id) limit 100;
select search.index(array(select product_id from drawn)) \g /dev/null
do $$
begin
    if exists (select * from drawn except
               select t.* from told t join drawn d using (product_id))
    then
        raise 'the catalog is not what search.index() makes of it';
    end if;
end
$$;

vacuum (analyze) search.fact, search.entry, search.key, search.word,
    search.sale, search.facet_count, search.facet, catalog.rendered,
    catalog.offer;
