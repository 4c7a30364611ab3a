create or replace function notification.money(amount bigint, currency text,
                                              language text)
    returns text
    language plpgsql stable
as $$
#variable_conflict use_column
begin
    return (
        select case when split_part(money.language, '-', 1) = 'en' then
            f.sign || case when f.symbol is null then c.code || ' '
                           else f.symbol end || f.digits
            else f.sign || translate(f.digits, ',.', '.,') || E'\u00a0'
                 || coalesce(f.symbol, c.code) end
        from api.currency c
        cross join lateral (select
            case when amount < 0 then E'\u2212' else '' end as sign,
            case c.code when 'EUR' then '€' when 'USD' then '$'
                when 'GBP' then '£' when 'JPY' then '¥' end as symbol,
            to_char(abs(amount) / power(10::numeric, c.exponent),
                    'FM999,999,999,999,999,990'
                    || case when c.exponent > 0
                            then '.' || repeat('0', c.exponent) else '' end)
                as digits) as f
        where c.code = money.currency
    );
end
$$;

comment on function notification.money is
    'an amount as people write it: €1,234.50, or 1.234,50 € in languages'
    ' other than English';
