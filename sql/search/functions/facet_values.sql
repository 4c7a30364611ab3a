create or replace function search.facet_values(items search.facet_item[])
    returns table (name text, value text, place int, products bigint)
    language sql stable
as $$
    select split_part(i.label, case i.place when 0 then '=' else '~' end, 1),
           case i.place
               when 0 then substr(i.label, strpos(i.label, '=') + 1)
               else search.number_range(i.place - 100) end,
           i.place, i.products
    from (
        select u.label, u.products,
               case when strpos(u.token, '=') > 0 then 0
                    else 100 + split_part(u.label, '~', 2)::int end as place
        from unnest(items) as u
        where strpos(u.token, '=') > 0 or u.token like '~%'
        order by (strpos(u.token, '=') > 0), u.products desc, u.token
        limit 400) as i
$$;

comment on function search.facet_values is
    'attributes among facets: the most frequent values; ranges by their order';
