create or replace function search.share(a search.ask, total bigint)
    returns float8
    language sql stable
as $$
    select coalesce(least(a.documents, total)::float8 / total, 1) * (
        select coalesce(exp(sum(ln(least(p.documents, total)::float8
                                   / total))), 1)
        from unnest(a.picks) as p
        where p.name <> '/' and p.documents > 0)
$$;

comment on function search.share is
    'how many of a category''s products fit, as if what is asked for had'
    ' nothing to do with each other';
