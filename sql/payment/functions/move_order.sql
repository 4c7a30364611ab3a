create or replace function payment.move_order(o "order".orders,
        p payment.payment, p_by text)
    returns void
    language plpgsql volatile
as $$
begin
    if p.status = 'success' then
        if not "order".paid(o, p_by) then
            -- too late: it is recorded, and goes back
            perform "order".move(o, o.status, 'order.refund_requested',
                                 'system', '{"reason": "paid too late"}');
            perform payment.ask(o, 'payment.refund_requested', null, 'system');
        end if;
    elsif p.status = 'failed' and o.status = 'pending_payment' then
        perform "order".move(o, 'payment_failed', 'order.payment_failed',
                             p_by);
    elsif p.status in ('refunded', 'partially_refunded') then
        -- who gives back all at the provider's means all of the order
        if p.status = 'refunded' and not exists (
            select from "order".refund r where r.order_id = o.id)
        then
            perform pricing.return_gifts(array[o.id]);
        end if;
        perform "order".returned(o, p, p_by);
    end if;
end
$$;

comment on function payment.move_order is
    'what a new state of the payment means for its locked order';
