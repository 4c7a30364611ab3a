create or replace function search.relevance(head tsvector, words tsquery,
                                            sold int)
    returns bigint
    language sql immutable parallel safe
as $$
    select (ts_rank(head, words) * 1000000)::bigint * (100 + sold) / 100
           + sold
$$;

comment on function search.relevance is
    'how well a product fits a text, and how well it sells';
