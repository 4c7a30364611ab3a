create or replace function store.calendar_day(p_year int, p_month int,
        p_day int)
    returns boolean
    language sql immutable parallel safe
as $$
    select p_month between 1 and 12 and p_day between 1 and case
        when p_month in (4, 6, 9, 11) then 30
        when p_month <> 2 then 31
        when p_year % 4 = 0 and p_year % 100 <> 0 or p_year % 400 = 0 then 29
        else 28 end
$$;

comment on function store.calendar_day is
    'whether there is such a day: some ids begin with a date of birth';
