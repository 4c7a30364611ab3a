create or replace function search.price_bounds(money text)
    returns bigint[]
    language sql stable
as $$
    select array(select b * (10 ^ c.exponent)::bigint
                 from unnest(array[10, 25, 50, 100, 250, 500, 1000]) as b)
    from api.currency c where c.code = money
$$;

comment on function search.price_bounds is
    'where ranges of prices begin that facets show, in minor units';
