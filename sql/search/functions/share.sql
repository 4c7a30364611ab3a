create or replace function search.share(a search.ask, total bigint)
    returns float8
    language plpgsql stable
as $$
declare
    pick search.pick;
    share float8 := coalesce(least(a.documents, total)::float8 / total, 1);
begin
    foreach pick in array a.picks loop
        if pick.name <> '/' and pick.documents > 0 then
            share := share * least(pick.documents, total) / total;
        end if;
    end loop;
    return share;
end
$$;

comment on function search.share is
    'how many of a category''s products fit, as if what is asked for had'
    ' nothing to do with each other';
