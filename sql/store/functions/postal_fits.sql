create or replace function store.postal_fits(p_code text, p_prefix text,
        p_last text)
    returns boolean
    language sql immutable parallel safe
as $$
    select case when p_last is null then starts_with(p_code, p_prefix)
                else left(p_code, length(p_last)) collate "C"
                     between p_prefix and p_last end
$$;

comment on function store.postal_fits is
    'whether a postal code begins with a prefix, or is in a range';
