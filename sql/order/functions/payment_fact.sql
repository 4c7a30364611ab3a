create or replace function "order".payment_fact(o "order".orders,
        p_provider text)
    returns jsonb
    language sql stable
as $$
    select jsonb_build_object('payment_id', o.payment_id, 'order_id', o.id,
        'number', o.number, 'provider', p_provider, 'amount', o.due,
        'currency', o.currency)
$$;

comment on function "order".payment_fact is 'what payment.requested says';
