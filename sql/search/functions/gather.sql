drop function if exists search.gather(search.ask);

create or replace function search.gather(a search.ask,
                                         shelf int[] default null)
    returns search.found
    language plpgsql stable
as $$
#variable_conflict use_column
declare
    way constant int := case when shelf is not null then 8
        else case when a.words is null then 0 else 1 end
            + case when a.among is null then 0 else 2 end
            + case when a.best then 4 else 0 end end;
    shop constant bigint := a.store;
    place constant int := a.slot;
    asked constant tsquery := a.words;
    drive constant search.query_int := coalesce(a.drive,
                                                '!0')::search.query_int;
    among constant int[] := a.among;
    rest constant search.query_int := a.rest::search.query_int;
    low constant bigint := a.low;
    high constant bigint := a.high;
    stocked constant boolean := a.stocked;
    ranges constant jsonpath := search.number_tests(a.numbers);
    faceted constant boolean := a.faceted;
    loose constant boolean := a.loose is not null;
    any_price constant boolean := coalesce(a.loose = '$', false);
    fits constant search.query_int := a.fits::search.query_int;
    below constant int := coalesce(a.level, 1);
    kind constant int := array_position(array['relevance', 'price', '-price',
        'rating', 'newest', 'popular'], a.sort);
    begun constant boolean := (a.place).rank < 9223372036854775807;
    last constant search.hit := a.place;
    beyond constant int[] := search.beyond(shelf);
    found search.found;
begin
    with c as materialized (
        select u.product_id, not loose or (
                   u.keys operator(search.@@) fits
                   and (low is null or u.prices[place] >= low)
                   and (high is null or u.prices[place] <= high)) as fit,
               case when not faceted then null
                    when cardinality(u.shown) > 0 then u.shown
                    else '{0}' end as shown,
               coalesce(u.path[below], 0) as leaf,
               case kind
                   when 1 then search.relevance(u.head, asked, u.sold)
                   when 2 then -u.prices[place]
                   when 3 then u.prices[place]
                   when 4 then u.rating
                   when 5 then u.newest
                   else u.sold end as rank
        from (
            select f.product_id, f.newest, f.rating, f.sold, f.in_stock,
                   f.path, f.shown, f.prices, f.keys, f.head, f.numbers
            from search.fact f
            where way = 1 and f.words @@ asked and f.store_id = shop
            union all
            select f.product_id, f.newest, f.rating, f.sold, f.in_stock,
                   f.path, f.shown, f.prices, f.keys, f.head, f.numbers
            from search.fact f
            where way = 2 and f.keys operator(search.&&) among
            and f.keys operator(search.@@) drive and f.store_id = shop
            union all
            select f.product_id, f.newest, f.rating, f.sold, f.in_stock,
                   f.path, f.shown, f.prices, f.keys, f.head, f.numbers
            from search.fact f
            where way = 3 and f.words @@ asked
            and f.keys operator(search.&&) among
            and f.keys operator(search.@@) drive and f.store_id = shop
            union all
            select f.product_id, f.newest, f.rating, f.sold, f.in_stock,
                   f.path, f.shown, f.prices, f.keys, f.head, f.numbers
            from search.fact f
            where way in (5, 7) and f.best and f.words @@ asked
            and (way = 5 or f.keys operator(search.&&) among
                 and f.keys operator(search.@@) drive) and f.store_id = shop
            union all
            select f.product_id, f.newest, f.rating, f.sold, f.in_stock,
                   f.path, f.shown, f.prices, f.keys, f.head, f.numbers
            from search.fact f
            where way = 0 and f.store_id = shop
            union all
            -- by the index alone
            select f.product_id, f.newest, f.rating, null, f.in_stock, f.path,
                   f.shown, f.prices, f.shown, null, null
            from search.fact f
            where way = 8 and f.path >= shelf and f.path < beyond
            and cardinality(f.shown) <= 200
        ) as u
        where u.prices[place] is not null
        and (low is null or any_price or u.prices[place] >= low)
        and (high is null or any_price or u.prices[place] <= high)
        and (stocked is null or u.in_stock = stocked)
        and (rest is null or u.keys operator(search.@@) rest)
        and (ranges is null or u.numbers is null or u.numbers @@ ranges)
        limit coalesce(a.most, 10001)
    ), p as materialized (
        select c.rank, c.product_id from c
        where c.fit
        and (not begun or (c.rank, c.product_id) < (last.rank, last.product_id))
        order by c.rank desc, c.product_id desc limit a.size + 1
    )
    select (select row(array_agg(e.body), array_agg(e.rank),
                       array_agg(e.product_id))::search.page
            from (select search.card(e.card, e.in_stock) as body, p.rank,
                         p.product_id
                  from p join search.entry e on e.product_id = p.product_id
                      and e.store_id = shop and e.currency = a.money
                  order by p.rank desc, p.product_id desc) as e),
           n.fits, n.many,
           array(select row(k.token, k.label, k.n)::search.facet_item
                 from (select u.id, sum(u.n) as n,
                              coalesce(sum(u.n) filter (where t.fit), 0)
                                  as fit
                       from (
                           -- of rows that have as many
                           select search.sort(array_agg(c.leaf)
                                      operator(search.+) array_agg(c.shown))
                                      as ids, c.fit
                           from c where faceted
                           group by cardinality(c.shown), c.fit) as t
                       cross join lateral (
                           -- how far each is from the one before it
                           select i as id, width_bucket(i, t.ids)
                                      - width_bucket(i - 1, t.ids) as n
                           from unnest(search.uniq(t.ids)) as i) as u
                       group by 1) as s
                 cross join lateral (
                     select z.token, z.label,
                            case when loose and search.named(z.token)
                                = a.loose then s.n else s.fit end as n
                     from (select case when y.token like a.money || '$%'
                                       then substr(y.token, 4)
                                       else y.token end as token, y.label
                           from search.key y where y.id = s.id) as z
                     offset 0) as k
                 where k.n > 0)
    from (select count(*) filter (where c.fit) as fits, count(*) > 10000 as many
          from c) as n
    into found.page, found.products, found.approximate, found.items;
    found.loose := a.loose;
    return found;
end
$$;

comment on function search.gather is
    'the first 10,001 products that fit, or a.most: a page of them by their'
    ' rank, and how many have what; approximate: there are more; shelf: the'
    ' category that all of them are in, if it is enough to find them';
