create or replace function search.page_of_category(store bigint, money text,
        category bigint, sort text, size int, after search.hit)
    returns search.page
    language plpgsql stable
as $$
declare
    page search.page;
begin
    select array_agg(search.card(p.card, p.in_stock)), array_agg(p.rank),
           array_agg(p.product_id)
    into page from (
        select r.* from (
            select e.product_id, e.card, e.in_stock, case sort
                       when 'price' then -e.price
                       when '-price' then e.price
                       when 'rating' then e.rating
                       else e.newest end as rank
            from search.entry e
            where e.category_path @> array[category]
            and e.store_id = store and e.currency = money) as r
        where (r.rank, r.product_id) < (after.rank, after.product_id)
        order by r.rank desc, r.product_id desc limit size) as p;
    return page;
end
$$;

comment on function search.page_of_category is
    'a page of a category and those below it';
