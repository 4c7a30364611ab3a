create or replace function "order".place_round(p_items jsonb[],
        p_answers api.answer[], p_same int[])
    returns api.answer[]
    language plpgsql volatile
as $$
declare
    orders "order".placing[] := "order".prepare(p_items, p_answers, p_same);
    answers api.answer[] := "order".write(orders, "order".take(orders),
                                          p_answers);
    p "order".placing;
begin
    foreach p in array orders loop
        if (answers[p.n]).status is not null then
            if p.refusal is null and ((p.quote).uses is not null
                or (p.quote).gifts is not null or (p.quote).due = 0)
            then
                answers[p.n] := "order".redeem(p, answers[p.n]);
            end if;
            if p.refusal is null and p.j ? 'pos' then
                answers[p.n] := "order".settle_till(p, answers[p.n]);
            end if;
        elsif p.known is not null then
            answers[p.n] := "order".find(p.known);
        elsif p.same is not null then
            answers[p.n] := answers[p.same];
        else
            answers[p.n] := "order".refuse(p);
        end if;
    end loop;
    return answers;
end
$$;

comment on function "order".place_round is
    'places orders of a batch that share neither coupon nor gift card';
