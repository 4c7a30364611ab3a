create or replace function store.vat_lt(d text)
    returns boolean
    language plpgsql immutable parallel safe
as $$
declare
    own text := left(d, -1);
    rest int := store.weighted(own, ('{1,2,3,4,5,6,7,8,9,1,2}'::int[])
                                    [:length(own)]) % 11;
begin
    if rest = 10 then
        rest := store.weighted(own, ('{3,4,5,6,7,8,9,1,2,3,4}'::int[])
                                    [:length(own)]) % 11 % 10;
    end if;
    return right(own, 1) = '1' and rest = right(d, 1)::int;
end
$$;

comment on function store.vat_lt is
    'the check digit of a Lithuanian VAT id: 9 digits of a company, 12 of who'
    ' is registered for a time';
