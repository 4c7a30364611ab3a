create or replace function search.kept(a search.ask, name text)
    returns search.facet_item[]
    language plpgsql stable
as $$
#variable_conflict use_variable
begin
    return array(
        select row(f.token, f.label, f.products)::search.facet_item
        from (
            select k.token from search.key k
            where k.store_id = a.store and k.token like '%=%'
            and split_part(k.token, '=', 1) = name
            union all
            select k.token from search.key k
            where k.store_id = a.store and k.token like '~%'
            and split_part(k.token, '~', 2) = name
            union all
            select '$' || n from generate_series(0, 7) as n where name = '$'
        ) as k
        join search.facet_count f on f.store_id = a.store
            and f.category_id = coalesce(a.category, 0)
            and f.currency = a.money and f.token = k.token
        where f.products > 0
    );
end
$$;

comment on function search.kept is
    'counts of a facet of a category, or of the store, as they are kept';
