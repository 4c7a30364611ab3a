create or replace function search.scale(pieces bigint)
    returns int
    language sql immutable parallel safe
as $$
    select round(16 * log(2.0, 1 + greatest(pieces, 0)))::int
$$;

comment on function search.scale is
    'pieces sold as lists rank them: 16 more when twice as many were';
