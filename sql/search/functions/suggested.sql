drop function if exists search.suggested(search.ask, text);

create or replace function search.suggested(a search.ask, typed text,
                                            thorough boolean)
    returns search.page
    language plpgsql stable
as $$
#variable_conflict use_column
declare
    shop constant bigint := a.store;
    place constant int := a.slot;
    asked constant tsquery := a.words;
    beyond constant text := typed || chr(1114111);
    page search.page;
begin
    -- best sellers first: enough of them are the end of the search
    select array_agg(e.card), array_agg(e.rank), array_agg(e.product_id)
    into page from (
        select search.card(n.card, n.in_stock) as card, p.rank,
               p.product_id
        from (
            select c.product_id,
                   search.relevance(c.head, asked, c.sold) as rank
            from (
                (select f.product_id, f.head, f.sold from search.fact f
                 where thorough and f.words @@ asked and f.store_id = shop
                 and f.prices[place] is not null limit 200)
                union all
                (select f.product_id, f.head, f.sold from search.fact f
                 where not thorough and f.best and f.words @@ asked
                 and f.store_id = shop
                 and f.prices[place] is not null limit 200)
                union all
                (select f.product_id, f.head, f.sold from search.fact f
                 where not thorough and not f.best and f.store_id = shop
                 and f.start ~>=~ typed and f.start ~<~ beyond
                 and f.prices[place] is not null limit 100)
                limit 200) as c
            order by rank desc, c.product_id desc limit a.size + 1) as p
        join search.entry n on n.product_id = p.product_id
            and n.store_id = shop and n.currency = a.money
        order by p.rank desc, p.product_id desc) as e;
    return page;
end
$$;

comment on function search.suggested is
    'the best sellers that fit what was typed, and products whose names begin'
    ' with it; thorough: 200 of all that fit';
