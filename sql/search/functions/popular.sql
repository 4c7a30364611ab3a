create or replace function search.popular(a search.ask, most int)
    returns search.page
    language plpgsql stable
as $$
#variable_conflict use_column
declare
    need search.query_int := a.drive::search.query_int;
    rest search.query_int := a.rest::search.query_int;
    page search.page;
begin
    select array_agg(search.card(e.card, e.in_stock)), array_agg(e.rank),
           array_agg(e.product_id)
    into page from (
        select n.card, n.in_stock, p.rank, p.product_id
        from (
            select r.* from (
            select c.product_id,
                   search.relevance(c.head, a.words, c.sold) as rank
            from (
                select w.product_id, w.head, w.sold
                from (select f.* from search.fact f
                      where f.store_id = a.store
                      order by f.sold desc, f.product_id desc
                      limit 10000) as w
                where w.head @@ a.words and w.prices[a.slot] is not null
                and (a.low is null or w.prices[a.slot] >= a.low)
                and (a.high is null or w.prices[a.slot] <= a.high)
                and (a.stocked is null or w.in_stock = a.stocked)
                and (need is null or w.keys operator(search.@@) need)
                and (rest is null or w.keys operator(search.@@) rest)
                and (a.numbers is null
                     or search.in_ranges(w.numbers, a.numbers))
                limit most) as c) as r
            where (r.rank, r.product_id)
                < ((a.place).rank, (a.place).product_id)
            order by r.rank desc, r.product_id desc limit a.size + 1) as p
        join search.entry n on n.product_id = p.product_id
            and n.store_id = a.store and n.currency = a.money
        order by p.rank desc, p.product_id desc) as e;
    return page;
end
$$;

comment on function search.popular is
    'what fits a text that very many products fit: among the 10,000 that sell'
    ' best';
