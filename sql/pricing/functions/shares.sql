create or replace function pricing.shares(p pricing.promotion,
        b pricing.basket, p_matched boolean[])
    returns bigint[]
    language plpgsql stable
as $$
declare
    amount bigint := p.amounts -> b.currency;
    whole bigint := 0;
    shares bigint[];
begin
    if p.kind = 'buy_x_get_y' then
        return pricing.bundle(p, b, p_matched);
    end if;
    for i in 1 .. cardinality(b.variants) loop
        shares[i] := 0;
        continue when not p_matched[i];
        whole := whole + b.nets[i];
        if p.applies_to = 'lines' then
            shares[i] := case when p.kind = 'fixed'
                then least(amount * b.quantities[i], b.nets[i])
                else pricing.half_up(b.nets[i], p.basis_points) end;
        end if;
    end loop;
    if p.applies_to = 'order' then
        return pricing.spread(case when p.kind = 'fixed'
            then least(amount, whole)
            else pricing.half_up(whole, p.basis_points) end, b.nets,
            p_matched);
    end if;
    return shares;
end
$$;

comment on function pricing.shares is
    'what a promotion takes off each line, of what is left of it';
