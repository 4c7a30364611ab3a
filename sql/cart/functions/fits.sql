create or replace function cart.fits(p_quantity bigint, p_limits int[])
    returns boolean
    language sql immutable parallel safe
as $$
    select p_quantity >= p_limits[1]
        and (p_limits[2] is null or p_quantity <= p_limits[2])
        and p_quantity % p_limits[3] = 0
$$;

comment on function cart.fits is
    'whether a line may have this quantity: catalog.offer.limits';
