create or replace function "order".refund_parts(o "order".orders,
        p payment.payment, p_amount jsonb)
    returns "order".refund
    language plpgsql stable
as $$
declare
    r "order".refund;
    paid constant bigint := greatest(p.captured - p.refunded - p.refunding, 0);
    cards constant bigint := pricing.gifts_held(o.id);
begin
    r.amount := case jsonb_typeof(p_amount)
        when 'number' then p_amount::text
        when 'object' then p_amount ->> 'amount'
        else (paid + cards)::text end;
    if p_amount ->> 'currency' <> o.currency then
        perform api.fail('ZZ422', format('The order is in %s.', o.currency),
                         '/amount/currency');
    elsif r.amount > paid + cards or r.amount = 0 then
        perform api.fail('ZZ422', format('From 1 to %s, which is left.',
                                         paid + cards), '/amount');
    end if;
    r.to_payment := least(r.amount, paid);
    r.to_cards := r.amount - r.to_payment;
    return r;
end
$$;

comment on function "order".refund_parts is
    'an amount that is to be given back, all that is left if it is null, by'
    ' who gets it';
