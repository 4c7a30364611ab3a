create or replace function search.number_range(step int)
    returns text
    language sql immutable parallel safe
as $$
    select case
        when step = 0 then '0'
        when step > 0 then trim_scale(coalesce(s[step - 1], 0)) || '..'
            || coalesce(trim_scale(s[step])::text, '')
        else coalesce((-trim_scale(s[-step]))::text, '') || '..'
            || -trim_scale(coalesce(s[-step - 1], 0)) end
    from (select search.number_steps() as s) as n
$$;

comment on function search.number_range is
    'a range as a filter names it: from..to, to is not in it';
