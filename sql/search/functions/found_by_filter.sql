create or replace function search.found_by_filter(store bigint, money text,
        filter search.filter, sort text)
    returns search.hit[]
    language plpgsql stable
as $$
begin
    if filter.category is not null then
        return array(
            select row(e.product_id, case sort
                    when 'price' then -e.price
                    when '-price' then e.price
                    when 'rating' then e.rating
                    else e.newest
                end)::search.hit
            from search.entry e
            where e.category_path @> array[filter.category]
            and e.store_id = store and e.currency = money
            and (filter.low is null or e.price >= filter.low)
            and (filter.high is null or e.price <= filter.high)
            and (filter.stocked is null or e.in_stock = filter.stocked)
            limit 10000);
    end if;
    return array(
        select row(e.product_id, case sort
                when 'price' then -e.price
                when '-price' then e.price
                when 'rating' then e.rating
                else e.newest
            end)::search.hit
        from search.entry e
        where e.store_id = store and e.currency = money
        and e.price between coalesce(filter.low, 0)
                        and coalesce(filter.high, 9223372036854775807)
        and (filter.stocked is null or e.in_stock = filter.stocked)
        limit 10000);
end
$$;

comment on function search.found_by_filter is
    'products in a range of prices or in stock, at most 10,000';
