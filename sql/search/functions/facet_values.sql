create or replace function search.facet_values(items search.facet_item[])
    returns table (name text, value text, place int, products bigint)
    language sql stable
as $$
    (select split_part(i.label, '=', 1),
            substr(i.label, strpos(i.label, '=') + 1), 0, i.products
     from unnest(items) as i where i.token like '%=%'
     order by i.products desc, i.token limit 300)
    union all
    (select split_part(i.label, '~', 1),
            search.number_range(split_part(i.label, '~', 2)::int),
            split_part(i.label, '~', 2)::int, i.products
     from unnest(items) as i where i.token like '~%' and i.token not like '%=%'
     order by 3 limit 300)
$$;

comment on function search.facet_values is
    'attributes among facets: the most frequent values; ranges by their order';
