create or replace function search.planned(a search.ask)
    returns search.ask
    language plpgsql stable
as $$
declare
    pick search.pick;
    wide bigint := a.documents;
begin
    if a.picks = '{}' and a.stocked is null and a.words is not null then
        return a;
    end if;
    a.drive := null;
    a.rest := null;
    a.documents := least(a.documents, (
        select f.products from search.facet_count f
        where f.store_id = a.store and f.category_id = 0
        and f.currency = a.money and f.token = ''));
    foreach pick in array a.picks loop
        a.documents := least(a.documents, pick.documents);
        wide := least(wide, pick.postings);
    end loop;
    -- what has a long list in the index is asked of what the rest finds
    wide := greatest(20 * wide, 2000);
    foreach pick in array a.picks loop
        if pick.postings <= wide then
            a.drive := search.also(a.drive, pick);
        else
            a.rest := search.also(a.rest, pick);
        end if;
    end loop;
    if not a.stocked then
        a.drive := concat_ws('&', a.drive, (
            select k.id from search.key k
            where k.store_id = a.store and k.token = '!'));
    end if;
    return a;
end
$$;

comment on function search.planned is
    'how a list is looked up: the index finds by what few products have';
