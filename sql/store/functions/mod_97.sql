create or replace function store.mod_97(p_digits text)
    returns int
    language sql immutable parallel safe
as $$
    select (p_digits::numeric % 97)::int
$$;

comment on function store.mod_97 is 'the rest of a long number by 97';
