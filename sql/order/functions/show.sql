create or replace function "order".show(o "order".orders)
    returns text
    language plpgsql stable
as $$
begin
    o.quote := "order".waiting(o.id, o.quote);
    return "order".render(o,
        (select "order".payment_json(p.id, p.provider, p.status, p.action)
         from payment.payment p where p.id = o.payment_id),
        (select string_agg('{"at":"' || api.time(e.at) || '","event":'
                    || to_json(e.type)::text || ',"by":'
                    || to_json(e.by)::text || '}', ',' order by e.seq)
         from "order".event e where e.order_id = o.id));
end
$$;

comment on function "order".show is 'an order with its payment and timeline';
