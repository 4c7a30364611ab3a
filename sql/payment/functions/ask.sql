create or replace function payment.ask(o "order".orders, p_type text,
        p_amount bigint, p_by text)
    returns void
    language plpgsql volatile
as $$
declare
    p payment.payment;
begin
    update payment.payment t set seq = t.seq + 1
    where t.id = o.payment_id
    returning t.* into p;
    if p_type = 'payment.refund_requested' then
        p_amount := coalesce(p_amount,
                             p.captured - p.refunded - p.refunding);
        if p_amount <= 0 then
            return;
        end if;
    end if;
    if payment.by_hand(p.provider) then
        if p_type = 'payment.cancel_requested' then
            perform payment.record(o, p, 'shop:cancel:' || o.id, 'cancelled',
                                   0, '{}', p_by);
        end if;
        return;
    end if;
    if p_type = 'payment.refund_requested' then
        update payment.payment t set refunding = t.refunding + p_amount
        where t.id = p.id;
    end if;
    perform ops.emit('shop.payments', p.id::text, p.seq, p_type, p.store_id,
        jsonb_build_object('payment_id', p.id, 'order_id', o.id,
            'number', o.number, 'provider', p.provider, 'amount', p_amount,
            'currency', p.currency, 'refund_id', o.id || ':' || p.seq));
end
$$;

comment on function payment.ask is
    'asks the worker to let a provider cancel or refund the payment of a'
    ' locked order; people see to what was paid by hand';
