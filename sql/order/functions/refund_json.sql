create or replace function "order".refund_json(r "order".refund,
        p_currency text)
    returns jsonb
    language sql stable
as $$
    select jsonb_build_object('id', r.id::text, 'order_id', r.order_id,
        'amount', api.money(r.amount, p_currency),
        'payment', api.money(r.to_payment, p_currency),
        'gift_cards', api.money(r.to_cards, p_currency),
        'reason', r.reason, 'actor', r.actor,
        'created_at', api.time(r.created_at))
$$;

comment on function "order".refund_json is 'a refund as the API shows it';
