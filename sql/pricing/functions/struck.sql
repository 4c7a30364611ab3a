create or replace function pricing.struck(p_price bigint, p_public bigint,
        p_compare_at bigint)
    returns bigint
    language sql immutable parallel safe
as $$
    select case when p_public is null then p_compare_at
                when p_public < p_price then coalesce(p_compare_at, p_price)
                when p_compare_at > p_public then p_compare_at end
$$;

comment on function pricing.struck is
    'what is struck beside the price that everybody pays: a list that makes'
    ' something cheaper strikes its own price';
