create or replace function review.count(before review.review[],
                                        after review.review[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update catalog.product p
    set rating_sum = p.rating_sum + m.stars,
        rating_count = p.rating_count + m.n,
        rating_counts = array[
            p.rating_counts[1] + m.one, p.rating_counts[2] + m.two,
            p.rating_counts[3] + m.three, p.rating_counts[4] + m.four,
            p.rating_counts[5] + m.five]
    from (
        select d.product_id, sum(d.rating * d.n) as stars, sum(d.n) as n,
               coalesce(sum(d.n) filter (where d.rating = 1), 0) as one,
               coalesce(sum(d.n) filter (where d.rating = 2), 0) as two,
               coalesce(sum(d.n) filter (where d.rating = 3), 0) as three,
               coalesce(sum(d.n) filter (where d.rating = 4), 0) as four,
               coalesce(sum(d.n) filter (where d.rating = 5), 0) as five
        from (
            select x.product_id, x.rating, sum(x.n) as n
            from (select a.product_id, a.rating, 1 as n
                  from unnest(after) as a where a.status = 'published'
                  union all
                  select b.product_id, b.rating, -1
                  from unnest(before) as b where b.status = 'published') as x
            group by 1, 2 having sum(x.n) <> 0
        ) as d
        group by 1
    ) as m
    where p.id = m.product_id
$$;

comment on function review.count is
    'moves the ratings of products by the difference of two states of'
    ' reviews; the version of a product stays';
