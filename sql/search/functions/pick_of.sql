create or replace function search.pick_of(a search.ask, name text,
                                          tokens text[])
    returns search.pick
    language plpgsql stable
as $$
#variable_conflict use_variable
declare
    pick search.pick;
begin
    pick.name := name;
    pick.tokens := tokens;
    pick.ids := array(select k.id from search.key k
                      where k.store_id = a.store and k.token = any (tokens));
    pick.documents := (
        select coalesce(sum(f.products), 0) from search.facet_count f
        where f.store_id = a.store and f.currency = a.money
        and f.category_id = coalesce(a.category, 0)
        and f.token = any (case when name = '/' then '{""}' else tokens end));
    pick.postings := case when a.category is null or name = '/'
        then pick.documents else (
            select coalesce(sum(f.products), 0) from search.facet_count f
            where f.store_id = a.store and f.currency = a.money
            and f.category_id = 0 and f.token = any (tokens)) end;
    return pick;
end
$$;

comment on function search.pick_of is
    'a filter with how many products fit it, which is known';
