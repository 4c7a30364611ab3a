create or replace function search.pick_of(a search.ask, name text,
                                          tokens text[])
    returns search.pick
    language plpgsql stable
as $$
#variable_conflict use_variable
begin
    return (
        select row(name, array(
                       select k.id from search.key k
                       where k.store_id = a.store and k.token = any (tokens)),
                   tokens, coalesce(d.documents, 0), null, null,
                   coalesce(case when name = '/' then d.documents
                                 else d.postings end, 0))::search.pick
        from (
            select sum(f.products) filter (
                       where f.category_id = coalesce(a.category, 0))
                       as documents,
                   sum(f.products) filter (where f.category_id = 0)
                       as postings
            from search.facet_count f
            where f.store_id = a.store and f.currency = a.money
            and f.category_id = any (array[0, a.category])
            and f.token = any (case when name = '/' then '{""}'
                                    else tokens end)) as d
    );
end
$$;

comment on function search.pick_of is
    'a filter with how many products fit it, which is known';
