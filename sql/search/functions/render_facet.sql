create or replace function search.render_facet(store bigint,
        category bigint, money text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    items constant search.facet_item[] := array(
        select row(f.token, f.label, f.products)::search.facet_item
        from search.facet_count f
        where f.store_id = store and f.category_id = category
        and f.currency = money and f.products > 0
        union all
        select row('/' || c.id, c.name, f.products)::search.facet_item
        from catalog.category c
        join search.facet_count f on f.store_id = store
            and f.category_id = c.id and f.currency = money
            and f.token = '' and f.products > 0
        where c.store_id = store
        and c.parent_id is not distinct from nullif(category, 0));
    parts constant search.facet_part[] := search.facet_parts(items);
begin
    insert into search.facet as f (store_id, category_id, currency, body,
                                   parts)
    values (store, category, money, search.facets_json(money, items, parts),
            case when cardinality(items) <= 400 then parts else '{}' end)
    on conflict (store_id, category_id, currency) do update
    set body = excluded.body, parts = excluded.parts;
end
$$;

comment on function search.render_facet is
    'the facets of a category (0: of the store) from their counts';
