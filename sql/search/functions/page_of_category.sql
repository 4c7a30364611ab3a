create or replace function search.page_of_category(a search.ask)
    returns search.page
    language plpgsql stable
as $$
#variable_conflict use_column
declare
    drive search.query_int;
    place constant int := a.slot;
    kind constant int := array_position(array['price', '-price', 'rating',
        'popular'], a.sort);
    begun constant boolean := (a.place).rank < 9223372036854775807;
    last constant search.hit := a.place;
    page search.page;
    documents constant bigint := (a.picks[1]).documents;
    shelf constant int[] := search.shelf(a);
    beyond constant int[] := search.beyond(shelf);
begin
    -- what a walk looks at until the page is full, or all that there are
    if documents > 2000 then
        if documents * documents
            > (case when shelf is null then 50 else 500 end) * (
            select f.products from search.facet_count f
            where f.store_id = a.store and f.category_id = 0
            and f.currency = a.money and f.token = '')
        then
            a.drive := search.also(null, a.picks[1]);
            page := search.walk(a);
            if cardinality(page.cards) > a.size then
                return page;
            end if;
        end if;
    end if;
    if shelf is not null then
        -- by the index alone
        select array_agg(search.card(e.card, e.in_stock)), array_agg(e.rank),
               array_agg(e.product_id)
        into page from (
            select n.card, n.in_stock, p.rank, p.product_id
            from (
                select r.* from (
                    select f.product_id, case kind
                               when 1 then -f.prices[place]
                               when 2 then f.prices[place]
                               when 3 then f.rating
                               else f.newest end as rank
                    from search.fact f
                    where f.path >= shelf and f.path < beyond
                    and cardinality(f.shown) <= 200
                    and f.prices[place] is not null
                ) as r
                where not begun
                or (r.rank, r.product_id) < (last.rank, last.product_id)
                order by r.rank desc, r.product_id desc
                limit a.size + 1) as p
            join search.entry n on n.product_id = p.product_id
                and n.store_id = a.store and n.currency = a.money
            order by p.rank desc, p.product_id desc) as e;
        return page;
    end if;
    drive := search.also(null, a.picks[1])::search.query_int;
    select array_agg(search.card(e.card, e.in_stock)), array_agg(e.rank),
           array_agg(e.product_id)
    into page from (
        select n.card, n.in_stock, p.rank, p.product_id
        from (
            select r.* from (
                select f.product_id, case kind
                           when 1 then -f.prices[place]
                           when 2 then f.prices[place]
                           when 3 then f.rating
                           when 4 then f.sold
                           else f.newest end as rank
                from search.fact f
                where f.keys operator(search.@@) drive
                and f.store_id = a.store and f.prices[place] is not null
            ) as r
            where not begun
            or (r.rank, r.product_id) < (last.rank, last.product_id)
            order by r.rank desc, r.product_id desc limit a.size + 1) as p
        join search.entry n on n.product_id = p.product_id
            and n.store_id = a.store and n.currency = a.money
        order by p.rank desc, p.product_id desc) as e;
    return page;
end
$$;

comment on function search.page_of_category is
    'a page of a category and those below it, or of a collection';
