-- Complete: one move of the version renders, indexes and announces them all.

update catalog.product p set version = 1
from demo_product d where p.id = d.id;

select catalog.category_facets(s.id, variadic array_agg(c.id) || null::bigint)
from store.store s join catalog.category c on c.store_id = s.id
group by s.id;
