create or replace function recommendation.neighbours(product bigint,
                                                     category bigint)
    returns bigint[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    few constant int := 150;
    near bigint[];
begin
    near := array(
        (select p.id from catalog.product p
         where p.category_id = category and p.id < product
         and p.deleted_at is null and p.status = 'published'
         order by p.id desc limit few)
        union all
        (select p.id from catalog.product p
         where p.category_id = category and p.id > product
         and p.deleted_at is null and p.status = 'published'
         order by p.id limit few)
        union all
        (select x.product_id from catalog.product_store x
         where x.category_id = category and x.product_id <> product
         limit few));
    if cardinality(near) >= 20 then
        return near;
    end if;

    -- a small category: those beside it too
    return near || array(
        select p.id
        from catalog.category c
        join catalog.category s on s.store_id = c.store_id
            and s.parent_id = c.parent_id and s.id <> c.id
        cross join lateral (
            select q.id from catalog.product q
            where q.category_id = s.id
            and q.deleted_at is null and q.status = 'published'
            order by q.id desc limit 20) as p
        where c.id = category
        order by p.id desc limit few);
end
$$;

comment on function recommendation.neighbours is
    'products of the same category, those made about the same time: enough to'
    ' choose from, however large the category is';
