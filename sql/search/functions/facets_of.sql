create or replace function search.facets_of(hits search.hit[], money text,
                                            category bigint)
    returns text
    language plpgsql stable
as $$
begin
    return (
        select search.facets_json(money, array(
            select row(t.token, max(t.label), count(*))::search.facet_item
            from unnest(hits) as h
            join search.entry e on e.product_id = h.product_id
                and e.currency = money
            cross join lateral (
                select u.token, u.label from unnest(e.tokens, e.labels)
                    as u (token, label)
                union all
                select '/' || e.category_path[coalesce(
                           array_position(e.category_path, category), 0)
                           + 1], null
            ) as t
            where t.token is not null
            group by t.token))
    );
end
$$;

comment on function search.facets_of is
    'facets of what was found, counted now';
