create or replace function search.beyond(path int[])
    returns int[]
    language sql immutable parallel safe
as $$
    select path[:cardinality(path) - 1] || path[cardinality(path)] + 1
$$;

comment on function search.beyond is
    'what follows all arrays that begin with this one';
