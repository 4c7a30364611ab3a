create or replace function catalog.category_facets(store bigint,
                                                   variadic parents bigint[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select search.render_facet(store, p.id, c.code)
    from (select distinct coalesce(u, 0) as id from unnest(parents) as u) as p,
         store.store s, unnest(s.currencies) as c (code)
    where s.id = store
    order by p.id, c.code
$$;

comment on function catalog.category_facets is
    'facets of categories (null: of the store) name those below them';
