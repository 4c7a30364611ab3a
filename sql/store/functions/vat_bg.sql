create or replace function store.vat_bg(d text)
    returns boolean
    language plpgsql immutable parallel safe
as $$
declare
    last int := right(d, 1);
    month int := substr(d, 3, 2);
    rest int;
begin
    if length(d) = 9 then
        rest := store.weighted(d, '{1,2,3,4,5,6,7,8}') % 11;
        if rest = 10 then
            rest := store.weighted(d, '{3,4,5,6,7,8,9,10}') % 11 % 10;
        end if;
        return rest = last;
    end if;
    -- of a person (20 more: born before 1900, 40: after 1999), of a
    -- foreigner, of others
    return store.calendar_day(left(d, 2)::int + case when month > 40 then 2000
               when month > 20 then 1800 else 1900 end,
               case when month > 40 then month - 40
                    when month > 20 then month - 20 else month end,
               substr(d, 5, 2)::int)
           and store.weighted(d, '{2,4,8,5,10,9,7,3,6}') % 11 % 10 = last
        or store.weighted(d, '{21,19,17,13,11,9,7,3,1}') % 10 = last
        or (11 - store.weighted(d, '{4,3,2,7,6,5,4,3,2}') % 11) % 11 = last;
end
$$;

comment on function store.vat_bg is
    'the check digit of a Bulgarian VAT id: 9 digits of a company, 10 of a'
    ' person';
