create or replace function search.picks(a search.ask, filters jsonb)
    returns search.pick[]
    language plpgsql stable
as $$
declare
    picks search.pick[] := '{}';
    f record;
    tokens text[];
begin
    if a.category is not null then
        picks := picks || search.pick_of(a, '/', array['/' || a.category]);
    end if;
    if filters is not null then
        for f in
            select lower(j.key) as name, case jsonb_typeof(j.value)
                       when 'array' then j.value
                       else jsonb_build_array(j.value) end as "values"
            from jsonb_each(filters) as j
        loop
            tokens := array(select lower(f.name || '=' || v)
                            from jsonb_array_elements_text(f."values") as v);
            picks := picks || search.pick_of(a, f.name,
                tokens || search.number_tokens(a.store, f.name, f."values"));
        end loop;
    end if;
    if num_nonnulls(a.low, a.high) > 0 then
        picks := picks || search.pick_price(a);
    end if;
    return picks;
end
$$;

comment on function search.picks is
    'what a list is filtered by: {"color": ["red", "blue"]}, its category,'
    ' its range of prices';
