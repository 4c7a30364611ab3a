create or replace function cart.cheapest(p_ways cart.way[], p_subtotal bigint,
        p_grams bigint)
    returns cart.way
    language plpgsql immutable
as $$
declare
    w cart.way;
begin
    foreach w in array p_ways loop
        if w.min_subtotal <= p_subtotal
            and (w.max_grams is null or p_grams <= w.max_grams)
        then
            return w;
        end if;
    end loop;
    return null;
end
$$;

comment on function cart.cheapest is
    'the first of the ways, sorted by price, that subtotal and weight fit';
