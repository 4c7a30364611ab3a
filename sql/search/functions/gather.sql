create or replace function search.gather(a search.ask)
    returns search.found
    language plpgsql stable
as $$
#variable_conflict use_column
declare
    way text := case when a.words is not null and a.drive is not null
                     then 'both' when a.words is not null then 'words'
                     when a.drive is not null then 'keys' else 'all' end;
    drive search.query_int := coalesce(a.drive, '0')::search.query_int;
    rest search.query_int := a.rest::search.query_int;
    bounds bigint[] := search.price_bounds(a.money);
    found search.found;
begin
    with c as materialized (
        select u.product_id, u.price, u.leaf, u.shown, case a.sort
                   when 'price' then -u.price
                   when '-price' then u.price
                   when 'rating' then u.rating
                   when 'newest' then u.newest
                   when 'popular' then u.sold
                   else search.relevance(u.head, a.words, u.sold) end as rank
        from (
            select f.*, f.prices[a.slot] as price from search.fact f
            where way = 'words' and f.words @@ a.words
            union all
            select f.*, f.prices[a.slot] from search.fact f
            where way = 'keys' and f.keys operator(search.@@) drive
            union all
            select f.*, f.prices[a.slot] from search.fact f
            where way = 'both' and f.words @@ a.words
            and f.keys operator(search.@@) drive
            union all
            select f.*, f.prices[a.slot] from search.fact f
            where way = 'all' and f.store_id = a.store
        ) as u
        where u.store_id = a.store and u.price is not null
        and (a.low is null or u.price >= a.low)
        and (a.high is null or u.price <= a.high)
        and (a.stocked is null or u.in_stock = a.stocked)
        and (rest is null or u.keys operator(search.@@) rest)
        and (a.numbers is null or search.in_ranges(u.numbers, a.numbers))
        limit case when a.faceted then 10001 else 1000 end
    ), p as materialized (
        select c.rank, c.product_id from c
        where (c.rank, c.product_id) < ((a.place).rank, (a.place).product_id)
        order by c.rank desc, c.product_id desc limit a.size + 1
    )
    select (select row(array_agg(e.body), array_agg(e.rank),
                       array_agg(e.product_id))::search.page
            from (select search.card(e.card, e.in_stock) as body, p.rank,
                         p.product_id
                  from p join search.entry e on e.product_id = p.product_id
                      and e.store_id = a.store and e.currency = a.money
                  order by p.rank desc, p.product_id desc) as e),
           (select count(*) from c),
           array(select row(k.token, k.label, s.n)::search.facet_item
                 from (select t.id, count(*) as n
                       from c, unnest(c.shown) as t (id)
                       where a.faceted group by 1) as s
                 join search.key k on k.id = s.id)
           || array(
                 select row('/' || t.id, '', sum(s.n))::search.facet_item
                 from (select c.leaf, count(*) as n from c
                       where a.faceted group by 1) as s
                 cross join lateral (
                     select g.path[coalesce(array_position(g.path,
                                a.category), 0) + 1] as id
                     from catalog.category g where g.id = s.leaf
                     offset 0) as t
                 where t.id is not null group by t.id)
           || array(
                 select row('$' || s.n, '', count(*))::search.facet_item
                 from (select width_bucket(c.price, bounds) as n from c
                       where a.faceted) as s
                 group by s.n)
    into found.page, found.products, found.items;
    return found;
end
$$;

comment on function search.gather is
    'the first 10,001 products that fit: a page of them by their rank, and'
    ' how many have what; of 1,000, when only the page is asked for';
