create or replace function "order".render(o "order".orders, p_payment text,
        p_timeline text)
    returns text
    language sql stable
as $$
    select format('{"id":"%s","number":%s,"status":"%s","created_at":"%s",'
               '"email":%s,"reserved_until":%s,"invoice_number":%s,%s,'
               '"exchange_rate":%s,'
               '"shipping_address":%s,"billing_address":%s,"pickup_point":%s,'
               '"payment":%s,'
               '"shipments":[],"timeline":[%s]}',
               o.id, to_json(o.number), o.status, api.time(o.created_at),
               coalesce(to_json(o.email), 'null'),
               coalesce('"' || api.time(o.reserved_until) || '"', 'null'),
               coalesce(to_json(o.invoice_number), 'null'),
               substr(left(o.quote::text, -1), 2),
               coalesce('"' || trim_scale(o.exchange_rate) || '"', 'null'),
               coalesce(o.shipping_address, 'null'),
               coalesce(o.billing_address, 'null'),
               coalesce(o.pickup_point, 'null'), p_payment, p_timeline)
$$;

comment on function "order".render is
    'an order as people read it, its quote being stored as it is answered';
