create or replace function cart.tax_lines(p_rates cart.rate[],
        p_taxes bigint[], p_currency text)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    lines text := '';
    amount bigint;
begin
    for i in 1 .. cardinality(p_rates) loop
        continue when p_taxes[i] is null;
        amount := p_taxes[i];
        -- several classes may have the same tax
        for k in i + 1 .. cardinality(p_rates) loop
            if p_rates[k].name = p_rates[i].name
                and p_rates[k].rate = p_rates[i].rate
            then
                amount := amount + coalesce(p_taxes[k], 0);
                p_taxes[k] := null;
            end if;
        end loop;
        lines := lines || ',{"name":' || to_json(p_rates[i].name)::text
                 || ',"rate":' || trim_scale(p_rates[i].rate)::text
                 || ',"amount":' || cart.money(amount, p_currency) || '}';
    end loop;
    return substr(lines, 2);
end
$$;

comment on function cart.tax_lines is
    'the sums of tax, one a name and rate; rates are percents';
