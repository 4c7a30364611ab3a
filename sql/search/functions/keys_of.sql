drop function if exists search.keys_of(bigint[]);

create or replace function search.keys_of(products bigint[])
    returns table (product_id bigint, store_id bigint, keys int[],
        shown int[], path int[], missing boolean)
    language plpgsql stable rows 1000
as $$
#variable_conflict use_column
begin
    return query
    select t.product_id, t.store_id,
           search.sort(array_agg(k.id) filter (
               where t.found and k.id is not null)),
           coalesce(search.sort(array_agg(k.id) filter (
               where t.shown and k.id is not null)), '{}'),
           coalesce(array_agg(k.id order by t.place) filter (
               where t.place is not null), '{}'),
           bool_or(k.id is null)
    from search.fact_tokens(products) as t
    left join search.key k on k.store_id = t.store_id and k.token = t.token
    group by 1, 2;
end
$$;

comment on function search.keys_of is
    'the numbers of what products are found by, of what facets count, and of'
    ' the way to their category; missing: some token has no number yet';
