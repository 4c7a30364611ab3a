-- Products that were indexed by an older form of the search.

do $$
declare
    batch bigint[];
begin
    loop
        batch := array(
            select e.product_id from search.entry e
            where not exists (select from search.fact f
                              where f.product_id = e.product_id
                              and f.store_id = e.store_id)
            limit 1000);
        exit when batch = '{}';
        perform search.index_facts(batch);
    end loop;
    perform search.mark_best()
        where not exists (select from search.sale s where s.best);
end
$$;

-- Categories that suggestions know by other names.

update search.key k set label = search.category_label(c)
from catalog.category c
where k.store_id = c.store_id and k.token = '/' || c.id
and k.label <> search.category_label(c);

-- Facets that were rendered by an older form.

select search.render_facet(f.store_id, f.category_id, f.currency)
from search.facet f where f.parts is null
order by f.store_id, f.category_id, f.currency \g /dev/null
