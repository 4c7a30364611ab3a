create or replace function search.page_of_hits(hits search.hit[], money text,
        size int, after search.hit)
    returns search.page
    language plpgsql stable
as $$
declare
    page search.page;
begin
    select array_agg(i.card), array_agg(i.rank), array_agg(i.product_id)
    into page from (
        select search.card(e.card, e.in_stock) as card, p.rank, p.product_id
        from (select h.rank, h.product_id from unnest(hits) as h
              where (h.rank, h.product_id) < (after.rank, after.product_id)
              order by h.rank desc, h.product_id desc limit size) as p
        join search.entry e on e.product_id = p.product_id
            and e.currency = money
        order by p.rank desc, p.product_id desc) as i;
    return page;
end
$$;

comment on function search.page_of_hits is 'a page of what was found';
