create or replace function search.in_ranges(numbers jsonb, asked jsonb)
    returns boolean
    language sql immutable parallel safe
as $$
    select coalesce(bool_and(exists (
        select from search.number_ranges(r.value) as n
        where case when n.exact then n.low = (numbers ->> r.key)::numeric
              else (numbers ->> r.key)::numeric >= coalesce(n.low,
                       '-Infinity')
                  and (numbers ->> r.key)::numeric < coalesce(n.high,
                       'Infinity') end)), true)
    from jsonb_each(asked) as r where numbers ? r.key
$$;

comment on function search.in_ranges is
    'whether the numbers of a product are in what is asked for';
