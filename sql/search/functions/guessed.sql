create or replace function search.guessed(a search.ask)
    returns bigint
    language plpgsql stable
as $$
declare
    shop constant bigint := a.store;
    asked constant tsquery := a.words;
begin
    return (
        select count(*) from search.fact f
        where f.best and f.words @@ asked and f.store_id = shop) * (
        select n.products from search.facet_count n
        where n.store_id = shop and n.category_id = 0
        and n.currency = a.money and n.token = '') / 10000;
end
$$;

comment on function search.guessed is
    'how many products fit words, should they be as frequent as among the best'
    ' sellers: more than it seemed, as words of one stem are one';
