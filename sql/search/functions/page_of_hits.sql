create or replace function search.page_of_hits(hits search.hit[], size int,
                                               after search.hit)
    returns search.hit[]
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select array(
        select h from unnest(hits) as h
        where (h.rank, h.product_id) < (after.rank, after.product_id)
        order by h.rank desc, h.product_id desc limit size)
$$;

comment on function search.page_of_hits is 'a page of what was found';
