create or replace function store.vat_cy(d text)
    returns boolean
    language sql immutable parallel safe
as $$
    select left(d, 2) <> '12' and right(d, 1) = chr(ascii('A') + (
        select sum(case when n % 2 = 0 then c::int
                   else ('{1,0,5,7,9,13,15,17,19,21}'::int[])[c::int + 1] end)
               % 26
        from string_to_table(left(d, 8), null) with ordinality as t (c, n)
        )::int)
$$;

comment on function store.vat_cy is 'the check letter of a Cypriot VAT id';
