drop function if exists search.facets_json(text, search.facet_item[]);

create or replace function search.facets_json(money text,
        items search.facet_item[], parts search.facet_part[])
    returns text
    language plpgsql stable
as $$
declare
    bounds bigint[] := 0 || search.price_bounds(money);
begin
    return concat('{"categories" : [', (
            select string_agg(concat('{"id" : "', c.id, '", "slug" : ',
                       to_json(c.slug), ', "name" : ', to_json(c.name),
                       ', "count" : ', i.products, '}'), ', '
                       order by c.position, c.id)
            from (select substr(u.token, 2)::bigint as id, u.products
                  from unnest(items) as u
                  where u.token like '/%' and u.token ~ '^/[0-9]+$') as i
            join catalog.category c on c.id = i.id and not c.removed),
        '], "attributes" : [', (
            select string_agg(concat('{"name" : ', to_json(a.name),
                       ', "values" : [', a.list, ']}'), ', '
                       order by a.total desc, a.name)
            from unnest(parts) as a),
        '], "prices" : [', (
            select string_agg(concat('{"from" : ', bounds[p.n + 1],
                       ', "to" : ', coalesce(bounds[p.n + 2]::text, 'null'),
                       ', "count" : ', p.products, '}'), ', ' order by p.n)
            from (select substr(i.token, 2)::int as n, i.products
                  from unnest(items) as i
                  where i.token like '$%' and i.token ~ '^[$][0-9]+$') as p),
        ']}');
end
$$;

comment on function search.facets_json is
    'facets as answers hold them: categories and prices of items, attributes'
    ' of parts; a token is name=value, ~name~range, /category or $range of'
    ' prices';
