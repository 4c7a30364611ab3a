create or replace function page.search(store bigint, actor uuid, q text,
        category text, low text, high text, stocked text, filters jsonb,
        sort text, after text, base text)
    returns setof page.answer
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select m.*
    from (select nullif(btrim(left(search.q, 200)), '') as q) as w
    cross join lateral page.make(store, actor, 'listing',
        case when w.q is null then 'All products'
             else 'Results for “' || left(w.q, 60) || '”' end,
        '/search', null,
        ', "category": null, "products": ' || page.products(store, w.q,
            nullif(category, ''), page.number(low), page.number(high),
            case when stocked = 'true' then true end, filters,
            case when sort in ('relevance', 'price', '-price', 'newest',
                               'rating') then sort end,
            24, nullif(after, '')),
        robots => case when num_nonnulls(w.q, nullif(category, ''),
            page.number(low), page.number(high), nullif(stocked, ''),
            nullif(sort, ''), nullif(after, '')) > 0 then 'noindex' end) as m;
end
$$;

comment on function page.search is
    'products by what an address asks for; what is no value of it is ignored';
