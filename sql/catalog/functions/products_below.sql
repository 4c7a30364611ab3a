drop function if exists catalog.products_below(bigint, bigint, bigint, int);

create or replace function catalog.products_below(category bigint,
        type bigint, store bigint, place bigint, size int)
    returns bigint[]
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with branch as materialized (
        select array_agg(c.id) as ids from catalog.category c
        where c.path @> array[category]
    )
    select coalesce(array_agg(n.id order by n.id), '{}')
    from (
        select u.id from (
            (select p.id from catalog.product p
             where p.category_id = any ((select b.ids from branch b)::bigint[])
             and p.id > place and p.deleted_at is null
             order by p.id limit size)
            union
            (select p.id from catalog.product_store x
             join catalog.product p on p.id = x.product_id
             where x.category_id = any ((select b.ids from branch b)::bigint[])
             and p.id > place and p.deleted_at is null
             order by p.id limit size)
            union
            (select p.id from catalog.product p
             where p.type_id = type and p.id > place and p.deleted_at is null
             order by p.id limit size)
            union
            (select p.id from catalog.product p
             where p.store_id = store and p.id > place
             and p.deleted_at is null
             order by p.id limit size)
            union
            (select p.id from catalog.product_store x
             join catalog.product p on p.id = x.product_id
             where x.store_id = store and p.id > place
             and p.deleted_at is null
             order by p.id limit size)) as u
        order by u.id limit size) as n
$$;

comment on function catalog.products_below is
    'the next products behind a place that show a category, or one below it,'
    ' or a type, or are shown in a store';
