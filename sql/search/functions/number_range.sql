create or replace function search.number_range(step int)
    returns text
    language plpgsql immutable parallel safe
as $$
declare
    s constant numeric[] := search.number_steps();
begin
    return case
        when step = 0 then '0'
        when step > 0 then trim_scale(coalesce(s[step - 1], 0)) || '..'
            || coalesce(trim_scale(s[step])::text, '')
        else coalesce((-trim_scale(s[-step]))::text, '') || '..'
            || -trim_scale(coalesce(s[-step - 1], 0)) end;
end
$$;

comment on function search.number_range is
    'a range as a filter names it: from..to, to is not in it';
