drop function if exists search.popular(search.ask, int);

create or replace function search.popular(a search.ask)
    returns search.page
    language plpgsql stable
as $$
begin
    a.best := true;
    a.faceted := false;
    a.most := coalesce(a.most, 10000);
    return (search.gather(a)).page;
end
$$;

comment on function search.popular is
    'what fits a text that very many products fit: among the 10,000 that sell'
    ' best';
