create or replace function review.count(before review.review[],
                                        after review.review[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update catalog.product p
    set rating_sum = p.rating_sum + m.rating,
        rating_count = p.rating_count + m.n
    from (
        select d.product_id, sum(d.rating) as rating, sum(d.n) as n
        from (
            select a.product_id, a.rating, 1 as n
            from unnest(after) as a where a.status = 'published'
            union all
            select b.product_id, -b.rating, -1
            from unnest(before) as b where b.status = 'published'
        ) as d
        group by 1 having sum(d.n) <> 0 or sum(d.rating) <> 0
    ) as m
    where p.id = m.product_id
$$;

comment on function review.count is
    'moves the ratings of products by the difference of two states of'
    ' reviews; the version of a product stays';
