create or replace function search.found_by_tokens(store bigint, money text,
        filter search.filter, sort text)
    returns search.hit[]
    language plpgsql stable
as $$
begin
    return (
        select array_agg(h) from (
            select row(e.product_id, case sort
                    when 'price' then -e.price
                    when '-price' then e.price
                    when 'rating' then e.rating
                    else e.newest
                end)::search.hit as h
            from search.entry e
            where e.tokens @> filter.tokens
            and e.store_id = store and e.currency = money
            and (filter.category is null
                 or e.category_path @> array[filter.category])
            and (filter.low is null or e.price >= filter.low)
            and (filter.high is null or e.price <= filter.high)
            and (filter.stocked is null or e.in_stock = filter.stocked)
            limit 10000) as hits
    );
end
$$;

comment on function search.found_by_tokens is
    'products with the attributes of a filter, at most 10,000';
