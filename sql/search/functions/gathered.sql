create or replace function search.gathered(a search.ask, loosen boolean)
    returns search.found
    language plpgsql stable
as $$
declare
    shelf constant int[] := search.shelf(a);
    found search.found;
    pick search.pick;
    eased search.ask;
begin
    if shelf is not null then
        -- prices are looked at themselves
        a.rest := null;
        foreach pick in array a.picks loop
            if pick.name not in ('/', '$') then
                a.rest := search.also(a.rest, pick);
            end if;
        end loop;
    end if;
    if loosen and a.rest is not null then
        eased := search.loosened(a);
        found := search.gather(eased, shelf);
        if found.loose is null or not found.approximate then
            return found;
        end if;
    end if;
    return search.gather(a, shelf);
end
$$;

comment on function search.gathered is
    'what fits, looked up; loosen: one of the filters may be left to what is'
    ' found';
