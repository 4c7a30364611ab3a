create or replace function search.ready(a search.ask, facet text)
    returns search.facet_part
    language plpgsql stable
as $$
declare
    part search.facet_part;
begin
    select p.* into part
        from search.facet f, unnest(f.parts) as p
        where f.store_id = a.store and f.currency = a.money
        and f.category_id = coalesce(a.category, 0) and p.facet = ready.facet;
    return part;
end
$$;

comment on function search.ready is
    'a facet of a category, or of the store, as it is rendered; null: it is'
    ' not, by itself';
