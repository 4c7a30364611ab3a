create or replace function pricing.spread(p_amount bigint, p_weights bigint[],
        p_matched boolean[])
    returns bigint[]
    language plpgsql immutable parallel safe
as $$
declare
    whole numeric := 0;
    left_over bigint := p_amount;
    shares bigint[];
    rests numeric[];
    n int;
begin
    for i in 1 .. coalesce(cardinality(p_weights), 0) loop
        if p_matched[i] then
            whole := whole + p_weights[i];
        end if;
    end loop;
    for i in 1 .. coalesce(cardinality(p_weights), 0) loop
        shares[i] := 0;
        rests[i] := 0;
        if p_matched[i] and whole > 0 then
            shares[i] := div(p_amount::numeric * p_weights[i], whole);
            rests[i] := p_amount::numeric * p_weights[i]
                        - shares[i] * whole;
            left_over := left_over - shares[i];
        end if;
    end loop;
    if whole > 0 and left_over > 0 then
        for n in
            select u.n from unnest(rests) with ordinality as u (rest, n)
            order by u.rest desc, u.n limit left_over
        loop
            shares[n] := shares[n] + 1;
        end loop;
    end if;
    return shares;
end
$$;

comment on function pricing.spread is
    'an amount in shares of the weights of what matches, by the largest'
    ' remainder, the first of equal ones: they sum to the amount, and none is'
    ' more than its weight when the amount is not more than all of them';
