create or replace function search.count_facets(before search.entry[],
                                               after search.entry[])
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    touched record;
begin
    -- in order, so that two writers never wait for each other in a circle
    insert into search.facet_count as f (store_id, category_id, currency,
                                         token, label, products)
    select d.store_id, d.category_id, d.currency, d.token, max(d.label),
           sum(d.n)
    from (
        select e.store_id, c as category_id, e.currency, t.token, t.label,
               1 as n
        from unnest(after) as e, unnest(0 || e.category_path) as c,
             unnest(''::text || e.tokens,
                    ''::text || e.labels) as t (token, label)
        union all
        select e.store_id, c, e.currency, t.token, t.label, -1
        from unnest(before) as e, unnest(0 || e.category_path) as c,
             unnest(''::text || e.tokens,
                    ''::text || e.labels) as t (token, label)
    ) as d
    group by 1, 2, 3, 4 having sum(d.n) <> 0
    order by 1, 2, 3, 4
    on conflict (store_id, category_id, currency, token) do update
    set products = f.products + excluded.products, label = excluded.label;

    for touched in
        select distinct e.store_id, c as category_id, e.currency
        from unnest(before || after) as e, unnest(0 || e.category_path) as c
        order by 1, 2, 3
    loop
        perform search.render_facet(touched.store_id, touched.category_id,
                                    touched.currency);
    end loop;
end
$$;

comment on function search.count_facets is
    'moves the counts of categories by the difference of two states of'
    ' entries, and renders their facets';
