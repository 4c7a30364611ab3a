create or replace function search.price_range(price bigint, exponent int)
    returns int
    language sql immutable parallel safe
as $$
    select width_bucket(price / 10 ^ exponent::numeric,
                        array[10, 25, 50, 100, 250, 500, 1000]::numeric[])
$$;

comment on function search.price_range is
    'number of the range that a price is counted in, see facets_json';
