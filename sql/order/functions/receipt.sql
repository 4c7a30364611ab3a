create or replace function "order".receipt(p_store bigint, p_id uuid)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select (jsonb_build_object(
               'order_id', o.id, 'number', o.number,
               'invoice_number', o.invoice_number,
               'status', o.status,
               'created_at', api.time(o.created_at),
               'store', jsonb_build_object('name', s.name, 'email', s.email,
                   'tax_number', s.tax_number),
               'cashier', (
                   select a.name from identity.account a
                   where a.id = o.cashier),
               'customer', (
                   select a.name from identity.account a
                   where a.id = o.user_id),
               'payment', jsonb_build_object('provider', p.provider,
                   'status', p.status,
                   'amount', api.money(p.amount, p.currency),
                   'tendered', api.money(coalesce(
                       (f.data ->> 'tendered')::bigint, p.amount), p.currency),
                   'change', api.money(coalesce(
                       (f.data ->> 'change')::bigint, 0), p.currency),
                   'reference', f.data ->> 'slip'))
            || (o.quote::jsonb - '{country,postal_code,shipping_method}'
                ::text[]))::text
    from "order".orders o
    join store.store s on s.id = o.store_id
    join payment.payment p on p.id = o.payment_id
    left join payment.fact f on f.payment_id = p.id and f.kind = 'success'
    where o.id = p_id and o.store_id = p_store and o.channel = 'till';
end
$$;

comment on function "order".receipt is
    'GET /pos/orders/{id}/receipt: all that a receipt says';
