create or replace function search.walk(a search.ask)
    returns search.page
    language plpgsql stable
as $$
#variable_conflict use_column
declare
    kind constant text := a.sort;
    shop constant bigint := a.store;
    money_ constant text := a.money;
    place constant int := a.slot;
    need constant search.query_int := a.drive::search.query_int;
    among constant int[] := a.among;
    rest constant search.query_int := a.rest::search.query_int;
    low constant bigint := a.low;
    high constant bigint := a.high;
    stocked constant boolean := a.stocked;
    ranges constant jsonpath := search.number_tests(a.numbers);
    last constant search.hit := a.place;
    page search.page;
begin
    select array_agg(search.card(e.card, e.in_stock)), array_agg(e.rank),
           array_agg(e.product_id)
    into page from (
        select n.card, n.in_stock, p.rank, p.product_id
        from (
            select w.product_id, w.rank from (
                (select e.product_id, e.newest as rank from search.entry e
                 where kind in ('newest', 'relevance') and e.store_id = shop
                 and e.currency = money_
                 and (e.newest, e.product_id) < (last.rank, last.product_id)
                 order by e.newest desc, e.product_id desc limit 20000)
                union all
                (select e.product_id, e.rating from search.entry e
                 where kind = 'rating' and e.store_id = shop
                 and e.currency = money_
                 and (e.rating, e.product_id) < (last.rank, last.product_id)
                 order by e.rating desc, e.product_id desc limit 20000)
                union all
                (select e.product_id, e.price from search.entry e
                 where kind = '-price' and e.store_id = shop
                 and e.currency = money_ and (e.price, e.product_id)
                     < (least(last.rank, coalesce(high,
                                  9223372036854775806) + 1),
                        last.product_id)
                 order by e.price desc, e.product_id desc limit 20000)
                union all
                (select e.product_id, -e.price from search.entry e
                 where kind = 'price' and e.store_id = shop
                 and e.currency = money_
                 and e.price >= greatest(-last.rank, low)
                 and (-e.price, e.product_id) < (last.rank, last.product_id)
                 order by e.price, e.product_id desc limit 20000)
                union all
                (select f.product_id, f.sold from search.fact f
                 where kind = 'popular' and f.store_id = shop
                 and (f.sold, f.product_id)
                     < (least(last.rank, 2147483647), last.product_id)
                 order by f.sold desc, f.product_id desc limit 20000)
            ) as w
            cross join lateral (
                select from search.fact f
                where f.product_id = w.product_id and f.store_id = shop
                and f.prices[place] is not null
                and (low is null or f.prices[place] >= low)
                and (high is null or f.prices[place] <= high)
                and (stocked is null or f.in_stock = stocked)
                and (need is null or f.keys operator(search.@@) need)
                and (among is null or f.keys operator(search.&&) among)
                and (rest is null or f.keys operator(search.@@) rest)
                and (ranges is null or f.numbers is null
                     or f.numbers @@ ranges)
                offset 0) as f
            limit a.size + 1) as p
        join search.entry n on n.product_id = p.product_id
            and n.store_id = shop and n.currency = money_
        order by p.rank desc, p.product_id desc) as e;
    return page;
end
$$;

comment on function search.walk is
    'a page of very many products that fit, by the index of its order; what'
    ' is not among 20,000 in a row is left to search.gather()';
