create or replace function review.page(product bigint, sort text, stars int,
        size int, rank bigint, last_id bigint)
    returns setof review.review
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if sort = 'helpful' then
        return query select r.* from review.review r
            where r.product_id = product and r.status = 'published'
            and (stars is null or r.rating = stars)
            and (r.helpful, r.id) < (rank, last_id)
            order by r.helpful desc, r.id desc limit size;
    elsif sort = 'rating' then
        return query select r.* from review.review r
            where r.product_id = product and r.status = 'published'
            and (stars is null or r.rating = stars)
            and (r.rating, r.id) < (rank, last_id)
            order by r.rating desc, r.id desc limit size;
    elsif sort = '-rating' then
        return query select r.* from review.review r
            where r.product_id = product and r.status = 'published'
            and (stars is null or r.rating = stars)
            and (-r.rating, r.id) < (rank, last_id)
            order by -r.rating desc, r.id desc limit size;
    else
        return query select r.* from review.review r
            where r.product_id = product and r.status = 'published'
            and (stars is null or r.rating = stars)
            and (r.created_at, r.id)
                < (timestamptz 'epoch' + rank * interval '1 us', last_id)
            order by r.created_at desc, r.id desc limit size;
    end if;
end
$$;

comment on function review.page is
    'published reviews of a product after a place of the order; each order'
    ' has an index';
