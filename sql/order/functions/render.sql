create or replace function "order".render(o "order".orders, p_payment text,
        p_timeline text)
    returns text
    language sql stable
as $$
    select '{"id":"' || o.id::text || '","number":' || to_json(o.number)::text
           || ',"status":"' || o.status || '","created_at":"'
           || api.time(o.created_at) || '","email":'
           || coalesce(to_json(o.email)::text, 'null')
           || ',"reserved_until":'
           || coalesce('"' || api.time(o.reserved_until) || '"', 'null')
           || ',"invoice_number":'
           || coalesce(to_json(o.invoice_number)::text, 'null') || ','
           || substr(left(o.quote::text, -1), 2) || ',"shipping_address":'
           || coalesce(o.shipping_address::text, 'null')
           || ',"billing_address":'
           || coalesce(o.billing_address::text, 'null') || ',"payment":'
           || p_payment || ',"shipments":[],"timeline":[' || p_timeline || ']}'
$$;

comment on function "order".render is
    'an order as people read it, its quote being stored as it is answered';
