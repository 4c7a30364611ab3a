create or replace function store.weighted(p_digits text, p_weights int[])
    returns int
    language sql immutable parallel safe
as $$
    select sum(substr(p_digits, w.n::int, 1)::int * w.weight)::int
    from unnest(p_weights) with ordinality as w (weight, n)
$$;

comment on function store.weighted is
    'the sum of digits times their weights, for check digits';
