create or replace function store.postal_depth(p_prefix text, p_last text)
    returns int
    language sql immutable parallel safe
as $$
    select case when p_last is null then length(p_prefix) else (
        select coalesce(min(n) - 1, length(p_prefix))::int
        from generate_series(1, length(p_prefix)) as n
        where substr(p_prefix, n, 1) <> substr(p_last, n, 1)) end
$$;

comment on function store.postal_depth is
    'how exactly an area names a postal code: what all of it have in common';
