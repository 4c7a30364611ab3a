create or replace function search.facets_json(money text,
                                              items search.facet_item[])
    returns text
    language plpgsql stable
as $$
declare
    unit bigint := (select 10 ^ c.exponent from api.currency c
                    where c.code = money);
    bounds bigint[] := array[0, 10, 25, 50, 100, 250, 500, 1000];
begin
    return '{"categories" : ' || coalesce((
            select json_agg(json_build_object('id', c.id::text, 'slug', c.slug,
                       'name', c.name, 'count', i.products)
                       order by c.position, c.id)::text
            from unnest(items) as i
            join catalog.category c on c.id = substr(i.token, 2)::bigint
            where i.token like '/%'), '[]')
        || ', "attributes" : ' || coalesce((
            select json_agg(json_build_object('name', a.name,
                       'values', a."values")
                       order by a.total desc, a.name)::text
            from (
                select min(split_part(i.label, '=', 1)) as name,
                       sum(i.products) as total,
                       json_agg(json_build_object(
                           'value', substr(i.label, strpos(i.label, '=') + 1),
                           'count', i.products)
                           order by i.products desc, i.label) as "values"
                from (select * from unnest(items) as u
                      where u.token like '%=%'
                      order by u.products desc, u.token limit 300) as i
                group by split_part(i.token, '=', 1)) as a), '[]')
        || ', "prices" : ' || coalesce((
            select json_agg(json_build_object(
                       'from', bounds[p.n + 1] * unit,
                       'to', bounds[p.n + 2] * unit,
                       'count', p.products) order by p.n)::text
            from (select substr(i.token, 2)::int as n, i.products
                  from unnest(items) as i where i.token like '$%') as p), '[]')
        || '}';
end
$$;

comment on function search.facets_json is
    'facets as answers hold them; a token is name=value, /category or $range'
    ' of prices';
