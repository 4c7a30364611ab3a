create or replace function search.shelf(a search.ask)
    returns int[]
    language plpgsql stable
as $$
declare
    pick search.pick;
    few bigint;
    shelf int[];
begin
    if a.category is null or a.words is not null or a.numbers is not null
       or a.sort = 'popular' or not a.stocked
    then
        return null;
    end if;
    foreach pick in array a.picks loop
        if pick.name = '#' then
            return null;
        elsif pick.name <> '/' then
            few := least(few, pick.postings);
        end if;
    end loop;
    -- few that something else finds are looked up sooner
    if (a.picks[1]).documents > greatest(4000, 2 * few) and few is not null
    then
        return null;
    end if;
    -- products of a category that was moved may still have its old way
    select w.path into shelf
        from (
            select array_agg(k.id order by c.place) as path
            from catalog.category g
            cross join lateral unnest(g.path) with ordinality
                as c (id, place)
            join search.key k on k.store_id = a.store
                and k.token = '/' || c.id
            where g.id = a.category) as w
        where cardinality(w.path) = a.level - 1 and not exists (
            select from catalog.rendering r where r.category_id is not null)
        and not exists (
            select from search.fact f
            where cardinality(f.shown) > 200 and f.path >= w.path
            and f.path < search.beyond(w.path));
    return shelf;
end
$$;

comment on function search.shelf is
    'the way to a category, if its products are found by that alone: they'
    ' are next to each other in an index that has what lists look at';
