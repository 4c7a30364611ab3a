create or replace function search.facets_json(money text,
                                              items search.facet_item[])
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with i as materialized (
        select * from unnest(items)
    ), categories as (
        select json_agg(json_build_object('id', c.id::text, 'slug', c.slug,
                   'name', c.name, 'count', i.products)
                   order by c.position, c.id) as list
        from i join catalog.category c on c.id = substr(i.token, 2)::bigint
        where i.token like '/%'
    ), attributes as (
        select json_agg(json_build_object('name', name, 'values', "values")
                        order by total desc, name) as list
        from (
            select min(split_part(label, '=', 1)) as name,
                   sum(products) as total,
                   json_agg(json_build_object(
                       'value', substr(label, strpos(label, '=') + 1),
                       'count', products)
                       order by products desc, label) as "values"
            from (select *, row_number() over (
                      partition by split_part(token, '=', 1)
                      order by products desc, token) as place
                  from i where token like '%=%') as t
            where place <= 50
            group by split_part(token, '=', 1)
            order by total desc limit 20) as a
    ), prices as (
        select json_agg(json_build_object(
                   'from', (array[0, 10, 25, 50, 100, 250, 500, 1000])
                       [n + 1] * unit,
                   'to', (array[10, 25, 50, 100, 250, 500, 1000])
                       [n + 1] * unit,
                   'count', products) order by n) as list
        from (select substr(i.token, 2)::int as n, i.products,
                     (10 ^ c.exponent)::int as unit
              from i, api.currency c
              where i.token like '$%' and c.code = money) as p
    )
    select json_build_object(
        'categories', coalesce(categories.list, '[]'),
        'attributes', coalesce(attributes.list, '[]'),
        'prices', coalesce(prices.list, '[]'))::text
    from categories, attributes, prices
$$;

comment on function search.facets_json is
    'facets as answers hold them; a token is name=value, /category or $range'
    ' of prices';
