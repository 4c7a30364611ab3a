create or replace function store.vat_it(d text)
    returns boolean
    language sql immutable parallel safe
as $$
    select left(d, 7) <> '0000000' and store.luhn(d)
        and (substr(d, 8, 3) between '001' and '100'
             or substr(d, 8, 3) in ('120', '121', '888', '999'))
$$;

comment on function store.vat_it is
    'the office and the check digit of an Italian VAT id';
