create or replace function search.counted(a search.ask)
    returns search.found
    language plpgsql stable
as $$
declare
    found search.found;
begin
    a := search.planned(a);
    a.size := 0;
    if a.documents > 10000 then
        found := search.sampled(a);
        if found.approximate then
            return found;
        end if;
    end if;
    return search.gathered(a, false);
end
$$;

comment on function search.counted is 'what fits, without a page of it';
