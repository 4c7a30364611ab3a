create or replace function pricing.freed(c pricing.candidate, p_method text,
        p_shipping bigint)
    returns bigint
    language plpgsql stable
as $$
begin
    return case
        when p_method is not null and ((c.promotion).methods = '{}'
            or p_method = any ((c.promotion).methods)) then p_shipping
        else 0 end;
end
$$;

comment on function pricing.freed is
    'what free shipping takes off a way to ship';
