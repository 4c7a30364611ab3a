create or replace function notification.snapshot(p_order uuid)
    returns text
    language plpgsql stable
as $$
begin
    return (
        select format('{"number":%s,"invoice":%s,"guest":%s,"name":%s,'
                   '"currency":"%s","exponent":%s,"total":%s,"due":%s,'
                   '"address":%s,"quote":%s}',
                   to_json(o.number),
                   coalesce(to_json(o.invoice_number), 'null'),
                   case when o.user_id is null then 'true' else 'false' end,
                   coalesce(to_json(coalesce(
                       o.shipping_address ->> 'name', (
                           select a.name from identity.account a
                           where a.id = o.user_id))), 'null'),
                   o.currency, (select c.exponent from api.currency c
                                where c.code = o.currency),
                   o.total, o.due, coalesce(o.shipping_address, 'null'),
                   o.quote)
        from "order".orders o where o.id = p_order);
end
$$;

comment on function notification.snapshot is
    'an order, for the worker that writes a mail about it (mail/order.c)';
