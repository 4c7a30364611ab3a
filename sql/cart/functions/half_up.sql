create or replace function cart.half_up(p_amount bigint, p_rate numeric,
        p_base numeric)
    returns bigint
    language sql immutable parallel safe
as $$
    select div(2 * p_amount * p_rate + p_base, 2 * p_base)::bigint
$$;

comment on function cart.half_up is
    'amount * rate / base, rounded half up exactly: the base is 100, or'
    ' 100 + all rates of the line when the price holds the tax';
