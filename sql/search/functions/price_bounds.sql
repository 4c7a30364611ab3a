create or replace function search.price_bounds(money text)
    returns bigint[]
    language plpgsql stable
as $$
declare
    unit bigint;
begin
    select (10 ^ c.exponent)::bigint into unit
        from api.currency c where c.code = money;
    return array[10 * unit, 25 * unit, 50 * unit, 100 * unit, 250 * unit,
                 500 * unit, 1000 * unit];
end
$$;

comment on function search.price_bounds is
    'where ranges of prices begin that facets show, in minor units';
