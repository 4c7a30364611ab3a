create or replace function payment.fact_of(p payment.payment)
    returns jsonb
    language sql stable
as $$
    select jsonb_build_object('payment_id', p.id, 'order_id', p.order_id,
        'provider', p.provider, 'status', p.status, 'amount', p.amount,
        'captured', p.captured, 'refunded', p.refunded,
        'currency', p.currency)
$$;

comment on function payment.fact_of is 'what events of a payment say of it';
