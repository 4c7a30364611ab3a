create or replace function search.pick_price(a search.ask)
    returns search.pick
    language plpgsql stable
as $$
declare
    pick search.pick;
    steps bigint[] := search.price_steps();
    low bigint := coalesce(a.low, 0);
    high bigint := coalesce(a.high, 99999999999);
    digits int := (select c.exponent from api.currency c
                   where c.code = a.money);
begin
    pick.name := '$';
    pick.ids := array(
        select k.id from search.key k
        where k.store_id = a.store and k.token = any (array(
            select a.money || '~' || n from generate_series(
                width_bucket(low, steps), width_bucket(high, steps)) as n)));
    select coalesce(sum(f.products) filter (
               where f.category_id = coalesce(a.category, 0)), 0),
           coalesce(sum(f.products) filter (where f.category_id = 0), 0)
        into pick.documents, pick.postings
        from search.facet_count f
        where f.store_id = a.store and f.currency = a.money
        and f.category_id = any (array[0, a.category])
        and f.token = any (array(
            select '$' || n from generate_series(
                search.price_range(low, digits),
                search.price_range(high, digits)) as n));
    return pick;
end
$$;

comment on function search.pick_price is
    'a range of prices as those ranges that the index knows';
