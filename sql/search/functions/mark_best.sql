create or replace function search.mark_best()
    returns int
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    moved bigint[];
begin
    with best as materialized (
        select f.product_id
        from store.store s
        cross join lateral (
            select x.product_id from search.fact x
            where x.store_id = s.id and x.sold > 0
            order by x.sold desc, x.product_id desc limit 10000) as f
    ), marked as materialized (
        select s.product_id from search.sale s where s.best
    )
    select array_agg(m.product_id) into moved from (
        (select b.product_id from best b
         except select m.product_id from marked m)
        union all
        (select m.product_id from marked m
         except select b.product_id from best b)) as m;
    if moved is null then
        return 0;
    end if;
    update search.sale s set best = not s.best
        where s.product_id = any (moved);
    -- in order, so that two writers never wait for each other in a circle
    perform from search.fact f where f.product_id = any (moved)
        order by f.product_id, f.store_id for no key update;
    update search.fact f set best = s.best
        from search.sale s
        where f.product_id = any (moved) and s.product_id = f.product_id;
    return cardinality(moved);
end
$$;

comment on function search.mark_best is
    'marks the 10,000 best sellers of each store, and unmarks those that were';
