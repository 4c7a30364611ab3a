create or replace function search.planned(a search.ask)
    returns search.ask
    language plpgsql stable
as $$
declare
    pick search.pick;
    wide bigint := a.documents;
    held int[];
begin
    if a.picks = '{}' and a.stocked is null and a.words is not null then
        return a;
    end if;
    a.drive := null;
    a.among := null;
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
        if pick.postings > wide then
            a.rest := search.also(a.rest, pick);
            continue;
        end if;
        -- of an array the index asks little, even if it is long
        if a.among is null or cardinality(pick.ids) > cardinality(a.among)
        then
            held := a.among;
            a.among := pick.ids;
            pick.ids := held;
        end if;
        if pick.ids is not null then
            a.drive := search.also(a.drive, pick);
        end if;
    end loop;
    if not a.stocked then
        pick.ids := array(
            select k.id from search.key k
            where k.store_id = a.store and k.token = '!');
        a.among := coalesce(a.among, pick.ids);
        a.drive := search.also(a.drive, pick);
    end if;
    return a;
end
$$;

comment on function search.planned is
    'how a list is looked up: the index finds by what few products have';
