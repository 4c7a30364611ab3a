create or replace function notification.order_data(o "order".orders,
        p_fact jsonb, p_language text)
    returns jsonb
    language plpgsql stable
as $$
#variable_conflict use_column
begin
    return (
        select jsonb_build_object(
            'number', o.number,
            'path', '/orders/' || o.id,
            'guest', o.user_id is null,
            'invoice', o.invoice_number,
            'items', notification.items(q.quote, p_language),
            'subtotal', notification.price(q.quote -> 'subtotal', p_language),
            'discounts', notification.discounts(q.quote, p_language),
            'shipping', notification.price(q.quote -> 'shipping', p_language),
            'taxes', notification.taxes(q.quote, p_language),
            'tax_included', q.quote #> '{tax,included}',
            'total', notification.money(o.total, o.currency, p_language),
            'gift_cards', notification.gift_cards(q.quote, p_language),
            'due', case when o.due < o.total then
                notification.money(o.due, o.currency, p_language) end,
            'address', notification.address(o.shipping_address),
            'expired', p_fact ->> 'reason' = 'expired',
            'refunded', notification.money((p_fact ->> 'refunded')::bigint,
                                           o.currency, p_language),
            'comes_back', (select notification.money(p.captured - p.refunded,
                                                     o.currency, p_language)
                           from payment.payment p
                           where p.id = o.payment_id
                                and p.captured > p.refunded))
        from (select o.quote::jsonb as quote) as q
        where o.id is not null
    );
end
$$;

comment on function notification.order_data is
    'what mails about an order are filled with; null for no order';
