drop function if exists search.facet_values(search.facet_item[]);

create or replace function search.facet_values(items search.facet_item[])
    returns table (facet text, name text, value text, place bigint,
        products bigint)
    language sql stable
as $$
    -- the most frequent first, then in the order of their bytes
    select left(u.token, strpos(u.token, '=') - 1) collate "C",
           split_part(u.label, '=', 1),
           substr(u.label, strpos(u.label, '=') + 1) collate "C",
           -u.products, u.products
    from unnest(items) as u where strpos(u.token, '=') > 0
    union all
    select split_part(u.token, '~', 2), split_part(u.label, '~', 1),
           search.number_range(split_part(u.label, '~', 2)::int),
           100 + split_part(u.label, '~', 2)::bigint, u.products
    from unnest(items) as u
    where u.token like '~%' and strpos(u.token, '=') = 0
$$;

comment on function search.facet_values is
    'attributes among facets; ranges of numbers by their order';
