create or replace function media.place(product bigint, image bigint, at int)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with others as (
        select i.id, row_number() over (order by i.position, i.id) as n
        from catalog.image i
        where i.product_id = product and i.id <> image
    ), wanted as (
        select o.id, o.n + (o.n >= coalesce(at, 1001))::int as n
        from others o
        union all
        select image, least(coalesce(at, 1001),
                            (select count(*) + 1 from others))
    )
    update catalog.image i set position = w.n
    from wanted w
    where i.id = w.id and i.position <> w.n
$$;

comment on function media.place is
    'puts a picture of a product at a place, counted from 1, or at the end;'
    ' the others close up';
