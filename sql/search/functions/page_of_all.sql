create or replace function search.page_of_all(store bigint, money text,
        sort text, size int, after search.hit)
    returns search.page
    language plpgsql stable
as $$
declare
    page search.page;
begin
    if sort = 'price' then
        select array_agg(p.card), array_agg(p.rank), array_agg(p.product_id)
        into page from (
            select e.product_id, -e.price as rank,
                   search.card(e.card, e.in_stock) as card
            from search.entry e
            where e.store_id = store and e.currency = money
            and e.price >= -after.rank
            and (-e.price, e.product_id) < (after.rank, after.product_id)
            order by e.price, e.product_id desc limit size) as p;
    elsif sort = '-price' then
        select array_agg(p.card), array_agg(p.rank), array_agg(p.product_id)
        into page from (
            select e.product_id, e.price as rank,
                   search.card(e.card, e.in_stock) as card
            from search.entry e
            where e.store_id = store and e.currency = money
            and (e.price, e.product_id) < (after.rank, after.product_id)
            order by e.price desc, e.product_id desc limit size) as p;
    elsif sort = 'popular' then
        select array_agg(p.card), array_agg(p.rank), array_agg(p.product_id)
        into page from (
            select f.product_id, f.sold as rank,
                   search.card(e.card, e.in_stock) as card
            from search.fact f
            join search.entry e on e.product_id = f.product_id
                and e.store_id = store and e.currency = money
            where f.store_id = store
            and (f.sold, f.product_id)
                < (least(after.rank, 2147483647), after.product_id)
            order by f.sold desc, f.product_id desc limit size) as p;
    elsif sort = 'rating' then
        select array_agg(p.card), array_agg(p.rank), array_agg(p.product_id)
        into page from (
            select e.product_id, e.rating as rank,
                   search.card(e.card, e.in_stock) as card
            from search.entry e
            where e.store_id = store and e.currency = money
            and (e.rating, e.product_id) < (after.rank, after.product_id)
            order by e.rating desc, e.product_id desc limit size) as p;
    else
        select array_agg(p.card), array_agg(p.rank), array_agg(p.product_id)
        into page from (
            select e.product_id, e.newest as rank,
                   search.card(e.card, e.in_stock) as card
            from search.entry e
            where e.store_id = store and e.currency = money
            and (e.newest, e.product_id) < (after.rank, after.product_id)
            order by e.newest desc, e.product_id desc limit size) as p;
    end if;
    return page;
end
$$;

comment on function search.page_of_all is
    'a page of everything, by the index of its order';
