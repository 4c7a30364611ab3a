create or replace function "order".may_move(p_from text, p_to text)
    returns boolean
    language sql immutable parallel safe
as $$
    -- arrays from the start: a cast of their text would not be inlined
    select p_to = any (case p_from
        when 'pending_payment'
            then '{paid,payment_failed,cancelled}'::text[]
        when 'payment_failed' then '{paid,cancelled}'
        when 'paid' then '{processing,shipped,cancelled,refunded,partially_refunded}'
        when 'processing' then '{shipped,cancelled,refunded,partially_refunded}'
        when 'shipped' then '{delivered,returned,refunded,partially_refunded}'
        when 'delivered' then '{returned,refunded,partially_refunded}'
        when 'partially_refunded' then '{processing,shipped,delivered,returned,refunded}'
        when 'returned' then '{refunded,partially_refunded}'
        when 'cancelled' then '{paid}'
        else '{}'
    end)
$$;

comment on function "order".may_move is
    'the state machine of orders; cancelled to paid: a payment that came'
    ' after the reservation had expired found stock again';
