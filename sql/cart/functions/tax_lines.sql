create or replace function cart.tax_lines(p_names text[], p_rates numeric[],
        p_taxes bigint[], p_currency text)
    returns text
    language plpgsql stable
as $$
declare
    lines text := '';
begin
    for i in 1 .. cardinality(p_rates) loop
        continue when p_taxes[i] is null;
        -- several classes may have the same tax
        for k in i + 1 .. cardinality(p_rates) loop
            if p_names[k] = p_names[i] and p_rates[k] = p_rates[i] then
                p_taxes[i] := p_taxes[i] + coalesce(p_taxes[k], 0);
                p_taxes[k] := null;
            end if;
        end loop;
        lines := lines || ',{"name":' || to_json(p_names[i])::text
                 || ',"rate":' || trim_scale(p_rates[i])::text
                 || ',"amount":' || cart.money(p_taxes[i], p_currency) || '}';
    end loop;
    return substr(lines, 2);
end
$$;

comment on function cart.tax_lines is
    'the sums of tax, one a name and rate; rates are percents';
