create or replace function notification.template_of(type text)
    returns text
    language sql immutable
as $$
    select case type
        when 'order.created' then 'order_received'
        when 'order.paid' then 'order_confirmed'
        when 'order.cancelled' then 'order_cancelled'
        when 'order.refunded' then 'order_refunded'
        when 'order.partially_refunded' then 'order_refunded'
    end
$$;

comment on function notification.template_of is
    'the mail that an event of an order asks for, or null';
