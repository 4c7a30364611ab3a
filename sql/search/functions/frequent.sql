create or replace function search.frequent(items search.facet_item[],
                                           most int)
    returns search.facet_item[]
    language sql stable
as $$
    select array_agg(i) from (
        select u::search.facet_item as i from unnest(items) as u
        where u.token not like '~%' and strpos(u.token, '=') = 0
        union all
        (select u::search.facet_item from unnest(items) as u
         where u.token like '~%' or strpos(u.token, '=') > 0
         order by strpos(u.token, '=') > 0, u.products desc,
                  u.token collate "C" limit most)) as k
$$;

comment on function search.frequent is
    'facets with the most frequent of their values, if there are very many';
