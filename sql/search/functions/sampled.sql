create or replace function search.sampled(a search.ask)
    returns search.found
    language plpgsql stable
as $$
declare
    b search.ask := a;
    found search.found;
    pick search.pick;
    i search.facet_item;
    parts int;
    scaled search.facet_item[] := '{}';
begin
    -- of the 256 parts of the store, as many as 2,000 products are in
    parts := least(greatest(512000 / (
        select f.products from search.facet_count f
        where f.store_id = a.store and f.category_id = 0
        and f.currency = a.money and f.token = ''), 1), 256);
    pick.ids := array(
        select k.id from search.key k
        where k.store_id = a.store and k.token = any (array(
            select '%' || n from generate_series(0, parts - 1) as n)));
    b.drive := search.also(null, pick);
    b.rest := null;
    foreach pick in array a.picks loop
        b.rest := search.also(b.rest, pick);
    end loop;
    b.size := 0;
    found := search.gather(b);
    foreach i in array found.items loop
        i.products := i.products * 256 / parts;
        scaled := scaled || i;
    end loop;
    found.items := scaled;
    found.products := found.products * 256 / parts;
    return found;
end
$$;

comment on function search.sampled is
    'how many fit, and what they have, by some 2,000 products of the store';
