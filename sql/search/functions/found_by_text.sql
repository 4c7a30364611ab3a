create or replace function search.found_by_text(store bigint, money text,
        query tsquery, filter search.filter, sort text)
    returns search.hit[]
    language plpgsql stable
as $$
begin
    return (
        select array_agg(h) from (
            select row(e.product_id, case sort
                    when 'price' then -e.price
                    when '-price' then e.price
                    when 'newest' then e.newest
                    when 'rating' then e.rating
                    else (ts_rank(d.words, query) * 1000000)::bigint
                end)::search.hit as h
            from search.document d
            join search.entry e on e.product_id = d.product_id
                and e.currency = money
            where d.words @@ query and d.store_id = store
            and (filter.category is null
                 or e.category_path @> array[filter.category])
            and (filter.low is null or e.price >= filter.low)
            and (filter.high is null or e.price <= filter.high)
            and (filter.stocked is null or e.in_stock = filter.stocked)
            and e.tokens @> filter.tokens
            limit 10000) as hits
    );
end
$$;

comment on function search.found_by_text is
    'products that fit a text and a filter, at most 10,000';
