create or replace function store.vat_lv(d text)
    returns boolean
    language sql immutable parallel safe
as $$
    select case
        when left(d, 1) > '3' then
            store.weighted(d, '{9,1,4,8,3,10,2,5,7,6,1}') % 11 = 3
        -- since 2017 people have numbers without a meaning
        when left(d, 2) = '32' then true
        else store.calendar_day(
                 1800 + 100 * substr(d, 7, 1)::int + substr(d, 5, 2)::int,
                 substr(d, 3, 2)::int, left(d, 2)::int)
             and (1 + store.weighted(d, '{10,5,8,4,2,1,6,3,7,9}')) % 11 % 10
                 = right(d, 1)::int end
$$;

comment on function store.vat_lv is
    'the check digit of a Latvian VAT id: from 4 on of a company, else of a'
    ' person';
