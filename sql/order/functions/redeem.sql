create or replace function "order".redeem(p "order".placing,
        p_answer api.answer)
    returns api.answer
    language plpgsql volatile
as $$
declare
    o "order".orders;
    y payment.payment;
    answer api.answer;
begin
    select t.* into strict o from "order".orders t
    where t.id = (p.j ->> 'id')::uuid;
    perform pricing.redeem(o, (p.quote).uses, (p.quote).gifts);
    if o.due > 0 then
        return p_answer;
    end if;
    -- nothing is left to pay: it is paid
    select t.* into strict y from payment.payment t where t.id = o.payment_id;
    perform payment.record(o, y, 'shop:nothing_due:' || o.id, 'success', 0,
                           '{}', 'system');
    answer := "order".find(o.id);
    answer.tags := p_answer.tags;
    return answer;
end
$$;

comment on function "order".redeem is
    'what a placed order has used of coupons and gift cards, and what follows'
    ' when they pay for all of it';
