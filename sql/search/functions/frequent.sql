create or replace function search.frequent(items search.facet_item[],
                                           most int)
    returns search.facet_item[]
    language plpgsql stable
as $$
begin
    return array(
        select u::search.facet_item from unnest(items) as u
        where u.token not like '~%' and strpos(u.token, '=') = 0)
        || array(
        select u::search.facet_item from unnest(items) as u
        where u.token like '~%' or strpos(u.token, '=') > 0
        order by strpos(u.token, '=') > 0, u.products desc,
                 u.token collate "C" limit most);
end
$$;

comment on function search.frequent is
    'facets with the most frequent of their values, if there are very many';
