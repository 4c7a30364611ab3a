create or replace function search.beside(a search.ask, pick search.pick)
    returns search.facet_item[]
    language plpgsql stable
as $$
#variable_conflict use_variable
declare
    total bigint;
    share float8;
begin
    a.picks := array(select o from unnest(a.picks) as o
                     where (o).name <> pick.name);
    if pick.name = '$' then
        a.low := null;
        a.high := null;
    else
        a.numbers := nullif(a.numbers - pick.name, '{}');
    end if;
    if a.words is null and a.stocked is null
       and not exists (select from unnest(a.picks) as o where o.name <> '/')
    then
        return search.kept(a, pick.name, 1);
    end if;
    if a.stocked is not false then
        select f.products into total from search.facet_count f
            where f.store_id = a.store and f.currency = a.money
            and f.category_id = coalesce(a.category, 0) and f.token = '';
        share := search.share(a, total);
        if total * share > 10000 then
            return search.kept(a, pick.name, share);
        end if;
    end if;
    return array(
        select i::search.facet_item
        from unnest((search.counted(a)).items) as i
        where search.named(i.token) = pick.name);
end
$$;

comment on function search.beside is
    'what else could be chosen where something is: counts of a facet as if'
    ' nothing of it were chosen; estimated where more than 10,000 fit';
