create or replace function search.look(a search.ask, out page search.page,
        out facets text, out products bigint, out approximate boolean)
    language plpgsql stable
as $$
declare
    plain constant boolean := a.words is null and a.stocked is null;
    known record;
    found search.found;
    pick search.pick;
    part search.facet_part;
    parts search.facet_part[];
begin
    approximate := false;
    if plain and a.picks = '{}' then
        page := search.page_of_all(a.store, a.money, a.sort, a.size + 1,
                                   a.place);
    elsif plain and cardinality(a.picks) = 1
          and (a.picks[1]).name = '/'
    then
        page := search.page_of_category(a);
    else
        found := search.sought(a);
        approximate := found.approximate;
        foreach pick in array a.picks loop
            continue when pick.name in ('/', '#', found.loose);
            found.items := array(
                select i::search.facet_item from unnest(found.items) as i
                where search.named(i.token) <> pick.name);
            -- beside the only choice in a category
            if plain and (cardinality(a.picks) = 1
                          or a.category is not null
                          and cardinality(a.picks) = 2)
            then
                part := search.ready(a, pick.name);
            end if;
            if part is null then
                found.items := found.items || search.beside(a, pick);
            end if;
        end loop;
        page := found.page;
        products := found.products;
        parts := search.facet_parts(found.items);
        if part is not null then
            parts := parts || part;
        end if;
        facets := search.facets_json(a.money, found.items, parts);
        return;
    end if;
    select f.body, coalesce(n.products, 0) as products into known
        from search.facet f
        left join search.facet_count n on n.store_id = f.store_id
            and n.category_id = f.category_id and n.currency = f.currency
            and n.token = ''
        where f.store_id = a.store and f.currency = a.money
        and f.category_id = coalesce(a.category, 0);
    facets := known.body;
    products := coalesce(known.products, 0);
end
$$;

comment on function search.look is
    'a page of what is asked for, how many fit, and the facets of all of them';
