create or replace function search.walk(a search.ask)
    returns search.page
    language plpgsql stable
as $$
#variable_conflict use_column
declare
    need search.query_int := a.drive::search.query_int;
    rest search.query_int := a.rest::search.query_int;
    page search.page;
begin
    select array_agg(search.card(p.card, p.in_stock)), array_agg(p.rank),
           array_agg(p.product_id)
    into page from (
        select w.* from (
            (select e.product_id, e.card, e.in_stock, e.price,
                    e.newest as rank
             from search.entry e
             where a.sort in ('newest', 'relevance') and e.store_id = a.store
             and e.currency = a.money and (e.newest, e.product_id)
                 < ((a.place).rank, (a.place).product_id)
             order by e.newest desc, e.product_id desc limit 20000)
            union all
            (select e.product_id, e.card, e.in_stock, e.price, e.rating
             from search.entry e
             where a.sort = 'rating' and e.store_id = a.store
             and e.currency = a.money and (e.rating, e.product_id)
                 < ((a.place).rank, (a.place).product_id)
             order by e.rating desc, e.product_id desc limit 20000)
            union all
            (select e.product_id, e.card, e.in_stock, e.price, e.price
             from search.entry e
             where a.sort = '-price' and e.store_id = a.store
             and e.currency = a.money and (e.price, e.product_id)
                 < (least((a.place).rank, coalesce(a.high,
                              9223372036854775806) + 1),
                    (a.place).product_id)
             order by e.price desc, e.product_id desc limit 20000)
            union all
            (select e.product_id, e.card, e.in_stock, e.price, -e.price
             from search.entry e
             where a.sort = 'price' and e.store_id = a.store
             and e.currency = a.money
             and e.price >= greatest(-(a.place).rank, a.low)
             and (-e.price, e.product_id)
                 < ((a.place).rank, (a.place).product_id)
             order by e.price, e.product_id desc limit 20000)
            union all
            (select e.product_id, e.card, e.in_stock, e.price, s.sold
             from (select f.product_id, f.sold from search.fact f
                   where a.sort = 'popular' and f.store_id = a.store
                   and (f.sold, f.product_id)
                       < (least((a.place).rank, 2147483647),
                          (a.place).product_id)
                   order by f.sold desc, f.product_id desc
                   limit 20000) as s
             join search.entry e on e.product_id = s.product_id
                 and e.store_id = a.store and e.currency = a.money
             order by s.sold desc, s.product_id desc)
        ) as w
        cross join lateral (
            select from search.fact f
            where f.product_id = w.product_id and f.store_id = a.store
            and (need is null or f.keys operator(search.@@) need)
            and (rest is null or f.keys operator(search.@@) rest)
            and (a.numbers is null or search.in_ranges(f.numbers, a.numbers))
            offset 0) as f
        where (a.low is null or w.price >= a.low)
        and (a.high is null or w.price <= a.high)
        and (a.stocked is null or w.in_stock = a.stocked)
        limit a.size + 1) as p;
    return page;
end
$$;

comment on function search.walk is
    'a page of very many products that fit, by the index of its order; what'
    ' is not among 20,000 in a row is left to search.gather()';
