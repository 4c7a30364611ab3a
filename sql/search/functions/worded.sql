create or replace function search.worded(a search.ask)
    returns search.found
    language plpgsql stable
as $$
#variable_conflict use_column
declare
    shop constant bigint := a.store;
    place constant int := a.slot;
    asked constant tsquery := a.words;
    several constant boolean := coalesce(cardinality(a.parts) > 1, false);
    one constant tsquery := a.parts[1];
    two constant tsquery := a.parts[2];
    -- no word is a blank
    three tsquery := coalesce(a.parts[3], '!'' ''');
    kind constant int := array_position(array['relevance', 'price', '-price',
        'rating', 'newest', 'popular'], a.sort);
    begun constant boolean := (a.place).rank < 9223372036854775807;
    last constant search.hit := a.place;
    found search.found;
begin
    for n in 4 .. coalesce(cardinality(a.parts), 0) loop
        three := three && a.parts[n];
    end loop;
    with c as materialized (
        select u.product_id,
               case when cardinality(u.shown) > 0 then u.shown
                    else '{0}' end as shown,
               coalesce(u.path[1], 0) as leaf,
               case kind
                   when 1 then search.relevance(u.head, asked, u.sold)
                   when 2 then -u.prices[place]
                   when 3 then u.prices[place]
                   when 4 then u.rating
                   when 5 then u.newest
                   else u.sold end as rank
        from (
            select f.* from search.fact f
            where not several and f.words @@ asked
            union all
            select f.* from search.fact f
            where several and f.words @@ one and f.words @@ two
            and f.words @@ three
        ) as u
        where u.store_id = shop and u.prices[place] is not null
        limit 10001
    ), p as materialized (
        select c.rank, c.product_id from c
        where not begun
        or (c.rank, c.product_id) < (last.rank, last.product_id)
        order by c.rank desc, c.product_id desc limit a.size + 1
    )
    select (select row(array_agg(e.body), array_agg(e.rank),
                       array_agg(e.product_id))::search.page
            from (select search.card(e.card, e.in_stock) as body, p.rank,
                         p.product_id
                  from p join search.entry e on e.product_id = p.product_id
                      and e.store_id = shop and e.currency = a.money
                  order by p.rank desc, p.product_id desc) as e),
           n.fits, n.fits > 10000,
           array(select row(case when y.token like a.money || '$%'
                                 then substr(y.token, 4) else y.token end,
                            y.label, s.n)::search.facet_item
                 from (select u.id, sum(u.n) as n
                       from (
                           -- of rows that have as many
                           select search.sort(array_agg(c.leaf)
                                      operator(search.+) array_agg(c.shown))
                                      as ids
                           from c group by cardinality(c.shown)) as t
                       cross join lateral (
                           -- how far each is from the one before it
                           select i as id, width_bucket(i, t.ids)
                                      - width_bucket(i - 1, t.ids) as n
                           from unnest(search.uniq(t.ids)) as i) as u
                       group by 1) as s
                 join search.key y on y.id = s.id)
    from (select count(*) as fits from c) as n
    into found.page, found.products, found.approximate, found.items;
    return found;
end
$$;

comment on function search.worded is
    'what search.gather() finds where only words are asked for, each of them'
    ' a condition of its own';
