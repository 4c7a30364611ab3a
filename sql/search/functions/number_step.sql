create or replace function search.number_step(value numeric)
    returns int
    language sql immutable parallel safe
as $$
    select sign(value)::int * (1 + width_bucket(abs(value),
                                                search.number_steps()))
$$;

comment on function search.number_step is
    'the range of a number: 0, and 1 and on away from it';
