create or replace function "order".fact(o "order".orders)
    returns jsonb
    language sql stable
as $$
    select jsonb_build_object('order_id', o.id, 'number', o.number,
        'store_id', o.store_id::text, 'user_id', o.user_id, 'email', o.email,
        'status', o.status, 'payment_id', o.payment_id,
        'total', jsonb_build_object('amount', o.total,
                                    'currency', o.currency))
$$;

comment on function "order".fact is
    'what events of an order say of it; the rest is asked by its id';
