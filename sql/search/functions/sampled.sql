create or replace function search.sampled(a search.ask)
    returns search.found
    language plpgsql stable
as $$
declare
    found search.found;
    pick search.pick;
    parts int;
begin
    -- of the 256 parts of the store, as many as 2,000 that fit may be in
    parts := least(greatest(512000 / a.documents, 1), 256);
    pick.ids := array(
        select k.id from search.key k
        where k.store_id = a.store and k.token = any (array(
            select '%' || n from generate_series(0, parts - 1) as n)));
    a.drive := search.also(a.drive, pick);
    a.size := 0;
    found := search.gather(a);
    found.items := array(
        select row(i.token, i.label, i.products * 256 / parts)
            ::search.facet_item
        from unnest(found.items) as i);
    found.products := found.products * 256 / parts;
    return found;
end
$$;

comment on function search.sampled is
    'how many fit, and what they have, by some 2,000 of them';
