create or replace function store.luhn_at(p_digits text)
    returns boolean
    language sql immutable parallel safe
as $$
    select (4 + sum(case when n % 2 = 1 or n = 8 then d
                    when d > 4 then 2 * d - 9 else 2 * d end)) % 10 = 0
    from (select n, d::int
          from string_to_table(p_digits, null) with ordinality as t (d, n)
         ) as t
$$;

comment on function store.luhn_at is
    'whether the last digit of an Austrian VAT id checks the others';
