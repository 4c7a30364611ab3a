create or replace function search.sampled(a search.ask)
    returns search.found
    language plpgsql stable
as $$
declare
    found search.found;
    pick search.pick;
    asked search.pick;
    parts int;
    few int;
begin
    -- of the 256 parts of the store, as many as 2,000 that fit may be in
    parts := least(greatest(512000 / a.documents, 1), 256);
    asked.ids := a.among;
    pick.ids := array(
        select k.id from search.key k
        where k.store_id = a.store and k.token = any (array(
            select '%' || n from generate_series(0, parts - 1) as n)));
    -- a short list goes to the others, a long one is asked of what they find
    if cardinality(a.among) > 4 then
        a.rest := search.also(a.rest, asked);
    elsif a.among is not null then
        a.drive := search.also(a.drive, asked);
    end if;
    a.among := pick.ids;
    a.size := 0;
    found := search.gather(a);
    -- beyond doubt: four times what chance may make of such a sample
    few := 10000 * parts / 256;
    found.approximate := found.products > few + 4 * sqrt(few);
    found.items := array(
        select row(i.token, i.label, i.products * 256 / parts)
            ::search.facet_item
        from unnest(found.items) as i);
    found.products := found.products * 256 / parts;
    return found;
end
$$;

comment on function search.sampled is
    'how many fit, and what they have, by some 2,000 of them; approximate: they'
    ' are more than 10,000';
