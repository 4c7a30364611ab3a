create or replace function store.vat_cz(d text)
    returns boolean
    language plpgsql immutable parallel safe
as $$
declare
    last int := right(d, 1);
    year int := 1900 + left(d, 2)::int;
    rest int;
begin
    if length(d) = 8 then
        rest := (11 - store.weighted(d, '{8,7,6,5,4,3,2}') % 11) % 11;
        return left(d, 1) <> '9'
            and last = case rest when 0 then 1 else rest % 10 end;
    elsif length(d) = 9 and left(d, 1) = '6' then
        return (store.weighted(d, '{0,8,7,6,5,4,3,2}') % 11 + 8) % 10 = last;
    elsif length(d) = 9 then
        -- given out until the end of 1953
        year := case when year >= 1980 then year - 100 else year end;
        if year > 1953 then
            return false;
        end if;
    else
        year := case when year < 1954 then year + 100 else year end;
        if left(d, 9)::int % 11 % 10 <> last then
            return false;
        end if;
    end if;
    -- 50 more: a woman, 20 more: the numbers of the day were used up
    return store.calendar_day(year, substr(d, 3, 2)::int % 50 % 20,
                              substr(d, 5, 2)::int);
end
$$;

comment on function store.vat_cz is
    'the check digit of a Czech VAT id: 8 digits of a company, 9 with a 6 of a'
    ' person without a birth number, else that number';
