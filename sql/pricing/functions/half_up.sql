create or replace function pricing.half_up(p_amount bigint, p_basis_points int)
    returns bigint
    language sql immutable parallel safe
as $$
    select div(p_amount::numeric * p_basis_points + 5000, 10000)::bigint
$$;

comment on function pricing.half_up is
    'hundredths of a percent of an amount, rounded half up exactly';
