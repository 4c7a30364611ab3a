create or replace function store.converted(amount bigint, rate numeric,
        digits int, step bigint, ending bigint)
    returns bigint
    language sql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select case when amount = 0 then 0 else least(99999999999, greatest(1,
        round(amount * rate * 10 ^ digits::numeric / step)) * step - ending)
        end::bigint
$$;

comment on function store.converted is
    'minor units of one currency as those of another: half up to the step,'
    ' less the ending; digits: how many more decimals the other one has';
