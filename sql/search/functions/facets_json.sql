create or replace function search.facets_json(money text,
                                              items search.facet_item[])
    returns text
    language plpgsql stable
as $$
declare
    bounds bigint[] := 0 || search.price_bounds(money);
begin
    return '{"categories" : ' || coalesce((
            select json_agg(json_build_object('id', c.id::text, 'slug', c.slug,
                       'name', c.name, 'count', i.products)
                       order by c.position, c.id)::text
            from (select substr(u.token, 2)::bigint as id, u.products
                  from unnest(items) as u where u.token ~ '^/[0-9]+$') as i
            join catalog.category c on c.id = i.id), '[]')
        || ', "attributes" : ' || coalesce((
            select json_agg(json_build_object('name', a.name,
                       'values', a."values")
                       order by a.total desc, a.name)::text
            from (
                select min(i.name) as name, sum(i.products) as total,
                       json_agg(json_build_object(
                           'value', i.value, 'count', i.products)
                           order by i.place, i.products desc, i.value)
                           as "values"
                from search.facet_values(items) as i
                group by lower(i.name)) as a), '[]')
        || ', "prices" : ' || coalesce((
            select json_agg(json_build_object(
                       'from', bounds[p.n + 1], 'to', bounds[p.n + 2],
                       'count', p.products) order by p.n)::text
            from (select substr(i.token, 2)::int as n, i.products
                  from unnest(items) as i
                  where i.token ~ '^[$][0-9]+$') as p), '[]')
        || '}';
end
$$;

comment on function search.facets_json is
    'facets as answers hold them; a token is name=value, ~name~range,'
    ' /category or $range of prices';
