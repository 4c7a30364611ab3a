create or replace function cart.tax_line(p_name text, p_rate numeric,
        p_amount bigint, p_currency text)
    returns text
    language sql stable parallel safe
as $$
    select '{"name":' || to_json(p_name)::text || ',"rate":'
           || trim_scale(p_rate)::text || ',"amount":'
           || cart.money(p_amount, p_currency) || '}'
$$;

comment on function cart.tax_line is 'tax of one name and rate; rate in percent';
