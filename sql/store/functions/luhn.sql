create or replace function store.luhn(p_digits text)
    returns boolean
    language sql immutable parallel safe
as $$
    select sum(case when n % 2 = 1 then d when d > 4 then 2 * d - 9
               else 2 * d end) % 10 = 0
    from (select row_number() over (order by n desc) as n, d::int
          from string_to_table(p_digits, null) with ordinality as t (d, n)
         ) as t
$$;

comment on function store.luhn is
    'whether the last digit checks the others by Luhn';
