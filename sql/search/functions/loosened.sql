create or replace function search.loosened(a search.ask)
    returns search.ask
    language plpgsql stable
as $$
declare
    rests constant text[] := string_to_array(a.rest, '&');
    pick search.pick;
    part text;
begin
    -- what is beside a choice in a category is known
    if a.words is null and a.stocked is null and cardinality(array(
        select (p).name from unnest(a.picks) as p where (p).name <> '/')) < 2
    then
        return a;
    end if;
    foreach pick in array a.picks loop
        continue when pick.name in ('/', '#') or a.numbers ? pick.name;
        part := search.also(null, pick);
        if part = any (rests) then
            a.loose := pick.name;
            a.fits := part;
            a.rest := nullif(array_to_string(array_remove(rests, part), '&'),
                             '');
            exit;
        end if;
    end loop;
    return a;
end
$$;

comment on function search.loosened is
    'leaves a filter that the index is not asked for to what it finds: its'
    ' own facet is counted without it';
