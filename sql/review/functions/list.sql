drop function if exists review.list(bigint, text, int, text);

create or replace function review.list(store bigint, ref text, size int,
        after text, sort text default 'newest', stars int default null)
    returns table (body text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    product bigint := review.product_of(store, ref);
    place record := review.cursor_of(after, sort);
begin
    return query
    with page as (
        select p as r, row_number() over () as n
        from review.page(product, sort, stars, size + 1, place.rank,
                         place.last_id) as p
    )
    select json_build_object(
        'items', coalesce(json_agg(review.body(page.r, 'public') order by n)
            filter (where n <= size), '[]'),
        'next_cursor', case when count(*) > size then (
            select api.cursor_encode(concat_ws('|', sort, case sort
                       when 'helpful' then (l.r).helpful::bigint
                       when 'rating' then (l.r).rating
                       when '-rating' then -(l.r).rating
                       else (extract(epoch from (l.r).created_at)
                             * 1000000)::bigint end, (l.r).id))
            from page l where l.n = size) end,
        'rating', (select catalog.rating(p.rating_counts)
                   from catalog.product p where p.id = product))::text,
        format('product:%s reviews:%s', product, product)
    from page;
end
$$;

comment on function review.list is
    'GET /products/{id}/reviews: what is published, and the rating';
