create or replace function search.beside(a search.ask, pick search.pick)
    returns search.facet_item[]
    language plpgsql stable
as $$
#variable_conflict use_variable
begin
    a.picks := array(select o from unnest(a.picks) as o
                     where (o).name <> pick.name);
    if pick.name = '$' then
        a.low := null;
        a.high := null;
    else
        a.numbers := nullif(a.numbers - pick.name, '{}');
    end if;
    if a.words is null and a.stocked is null and a.numbers is null
       and not exists (select from unnest(a.picks) as o where o.name <> '/')
    then
        return search.kept(a, pick.name);
    end if;
    return array(
        select i::search.facet_item
        from unnest((search.counted(a)).items) as i
        where search.named(i.token) = pick.name);
end
$$;

comment on function search.beside is
    'what else could be chosen where something is: counts of a facet as if'
    ' nothing of it were chosen';
