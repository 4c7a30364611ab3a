drop function if exists search.count_facets(search.entry[], search.entry[]);

create or replace function search.count_facets(moves search.facet_move[])
    returns void
    language plpgsql volatile
as $$
begin
    -- in order, so that two writers never wait for each other in a circle
    insert into search.facet_count as f (store_id, category_id, currency,
                                         token, label, products)
    select m.* from unnest(moves) as m
    order by m.store_id, m.category_id, m.currency, m.token
    on conflict (store_id, category_id, currency, token) do update
    set products = f.products + excluded.products, label = excluded.label;

    perform search.render_facet(t.store_id, t.category_id, t.currency)
    from (select distinct m.store_id, m.category_id, m.currency
          from unnest(moves) as m order by 1, 2, 3) as t;
end
$$;

comment on function search.count_facets is
    'moves the counts of categories, and renders their facets';
