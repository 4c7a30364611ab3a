create or replace function pricing.judged(p_ones pricing.candidate[],
        b pricing.basket)
    returns pricing.candidate[]
    language plpgsql stable
as $$
declare
    c pricing.candidate;
    p pricing.promotion;
    judged pricing.candidate[] := '{}';
    first pricing.promotion;
begin
    foreach c in array p_ones loop
        if c.reason is null then
            p := c.promotion;
            c.matched := pricing.matches(b, p.products, p.variants,
                p.categories, p.collections, p.except_products,
                p.except_categories);
            c.reason := pricing.refused(p, b, c.matched);
            if c.reason is null and (
                p.kind = 'buy_x_get_y' and 0 = all (pricing.bundle(p, b,
                                                                   c.matched))
                or p.kind = 'gift' and pricing.gift_of(p, b) is null)
            then
                c.reason := case p.kind when 'gift' then 'gift'
                                        else 'items' end;
            end if;
            if c.reason is null and (first.id is null
                or (p.priority, -p.id) > (first.priority, -first.id))
            then
                first := p;
            end if;
        end if;
        judged := judged || c;
    end loop;

    for i in 1 .. cardinality(judged) loop
        c := judged[i];
        if c.reason is null and (c.promotion).id <> first.id
            and (first.exclusive or (c.promotion).exclusive)
        then
            c.reason := 'exclusive';
            judged[i] := c;
        end if;
    end loop;
    return judged;
end
$$;

comment on function pricing.judged is
    'which promotions apply to a cart and why the others don''t: their'
    ' conditions, looked at before anything is taken off; then who may stand'
    ' beside whom';
