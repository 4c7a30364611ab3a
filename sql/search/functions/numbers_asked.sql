create or replace function search.numbers_asked(picks search.pick[],
                                                filters jsonb)
    returns jsonb
    language plpgsql stable
as $$
begin
    if filters is null then
        return null;
    end if;
    return (
        select jsonb_object_agg(lower(f.key), search.number_test(lower(f.key),
                   case jsonb_typeof(f.value)
                   when 'array' then f.value
                   else jsonb_build_array(f.value) end))
        from jsonb_each(filters) as f
        join unnest(picks) as p on p.name = lower(f.key)
        where exists (select from unnest(p.tokens) as t where t like '~%')
        and exists (
            select from search.number_ranges(case jsonb_typeof(f.value)
                    when 'array' then f.value
                    else jsonb_build_array(f.value) end) as r
            where r.exact or r.low <> 0 and r.low <> all (
                      search.number_steps())
            or r.high <> all (search.number_steps()))
    );
end
$$;

comment on function search.numbers_asked is
    'what is asked of numbers beyond the ranges that the index knows, as tests'
    ' of search.fact.numbers';
